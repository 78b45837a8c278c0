package bulla.rps.signingkey;

/**
 * The packages that were signed and kept. What keeps them implements this: a rotation removes those
 * of other keys in its own transaction.
 */
public interface SignedPackages {
  /** Removes all but those that {@code kid} signed. */
  void removeNotSignedBy(String kid);
}
