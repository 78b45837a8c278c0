package bulla.identity.user;

/**
 * The answer to the change of a password.
 *
 * @param status {@code password_updated}
 * @param userId the user's id
 * @param temporary whether the user must change the password first
 */
public record PasswordUpdated(String status, String userId, boolean temporary) {}
