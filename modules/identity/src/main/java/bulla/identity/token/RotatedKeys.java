package bulla.identity.token;

/**
 * The answer to a rotation.
 *
 * @param status {@code rotated}
 * @param kid the id of the key that signs access tokens now
 * @param tokensEnded whether all older tokens have ended; those that were signed before the last
 *     rotation but one have in any case
 */
public record RotatedKeys(String status, String kid, boolean tokensEnded) {}
