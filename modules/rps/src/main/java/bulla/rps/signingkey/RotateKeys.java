package bulla.rps.signingkey;

/**
 * How to follow the key that signs packages by the next one.
 *
 * @param endTrust whether no older key is trusted any more, as must be where one is no longer
 *     secret; false when absent: then the announced key signs, and the older ones go on verifying
 */
public record RotateKeys(Boolean endTrust) {}
