package bulla.identity.user;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to the deletion of a user.
 *
 * @param status {@code deleted}
 * @param userId the id that the user had
 */
public record UserDeleted(String status, @JsonProperty("user_id") String userId) {}
