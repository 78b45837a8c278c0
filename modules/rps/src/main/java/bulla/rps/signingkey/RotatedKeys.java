package bulla.rps.signingkey;

/**
 * The answer to a rotation.
 *
 * @param status {@code rotated}
 * @param kid the id of the key that signs packages now
 * @param announced the id of the key that will sign after the next rotation
 * @param trustEnded whether all older keys are gone from the set
 */
public record RotatedKeys(String status, String kid, String announced, boolean trustEnded) {}
