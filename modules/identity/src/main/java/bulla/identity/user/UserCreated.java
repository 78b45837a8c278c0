package bulla.identity.user;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to the creation of a user.
 *
 * @param userId the new user's id, a UUID
 * @param username the new user's name
 */
public record UserCreated(@JsonProperty("user_id") String userId, String username) {}
