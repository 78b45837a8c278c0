package bulla.resilientpackage.policy;

/**
 * What an unprotect without the right to it gives. The constants stand in the order of their
 * permissiveness: of several roles' answers the last one wins.
 */
public enum NoAccessOperation {
  /** An error. */
  EXCEPTION,
  /** Nothing: a null value. */
  NULL_VALUE,
  /** The protected value as it came. */
  PROTECTED_VALUE;

  /** The more permissive of the two. */
  public NoAccessOperation union(NoAccessOperation other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
