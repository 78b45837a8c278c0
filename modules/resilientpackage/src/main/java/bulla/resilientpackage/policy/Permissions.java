package bulla.resilientpackage.policy;

/**
 * One yes or no for each operation: which are allowed, or which are audited.
 *
 * @param protect turning clear values into protected ones
 * @param reProtect turning protected values into ones of another data element
 * @param unProtect turning protected values into clear, or masked, ones
 */
public record Permissions(boolean protect, boolean reProtect, boolean unProtect) {
  /** Nothing at all. */
  public static final Permissions NONE = new Permissions(false, false, false);

  /** Everything. */
  public static final Permissions ALL = new Permissions(true, true, true);

  /** What either of the two has. */
  public Permissions union(Permissions other) {
    return new Permissions(
        protect || other.protect, reProtect || other.reProtect, unProtect || other.unProtect);
  }

  /** These without unprotect. */
  public Permissions withoutUnProtect() {
    return new Permissions(protect, reProtect, false);
  }
}
