package bulla.identity.user;

/**
 * The answer to a change of a user.
 *
 * @param status {@code updated}
 * @param userId the user's id
 */
public record UserUpdated(String status, String userId) {}
