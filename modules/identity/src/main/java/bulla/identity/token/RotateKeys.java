package bulla.identity.token;

/**
 * How to follow the keys that sign tokens by new ones.
 *
 * @param endTokens whether all older tokens end at once, as they must where a key is no longer
 *     secret; false when absent: then they stay good for the rest of their lifetime, or until the
 *     next rotation
 */
public record RotateKeys(Boolean endTokens) {}
