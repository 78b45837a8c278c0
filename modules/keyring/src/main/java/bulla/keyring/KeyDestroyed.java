package bulla.keyring;

/**
 * A key encryption key was destroyed, because nothing needed it any more. Fired in the transaction
 * of that.
 *
 * @param module whose key it was
 * @param version which one
 */
public record KeyDestroyed(String module, int version) {}
