package bulla.identity.keyring;

/**
 * Which keys to rotate.
 *
 * @param masterKey whether another master key follows the present one; true when absent
 * @param keyEncryptionKeys whether other key encryption keys follow the present ones, and all
 *     stored keys are wrapped anew; true when absent
 */
public record RotateKeyring(Boolean masterKey, Boolean keyEncryptionKeys) {}
