package bulla.identity.token;

/**
 * The answer to a rotation.
 *
 * @param status {@code rotated}
 * @param kid the id of the key that signs access tokens now
 * @param tokensEnded whether all older tokens have ended
 */
public record RotatedKeys(String status, String kid, boolean tokensEnded) {}
