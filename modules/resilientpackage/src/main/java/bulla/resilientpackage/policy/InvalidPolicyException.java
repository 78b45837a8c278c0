package bulla.resilientpackage.policy;

/** A policy, or a part of one, that cannot be meant: the message names the part and the reason. */
public final class InvalidPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, in a sentence. */
  public InvalidPolicyException(String message) {
    super(message);
  }

  static <T> T require(T value, String member) {
    if (value == null) {
      throw new InvalidPolicyException("\"" + member + "\" is missing");
    }
    return value;
  }

  static void requireUid(String uid, String member) {
    requireName(uid, member);
  }

  static void requireName(String name, String member) {
    require(name, member);
    if (name.isBlank()) {
      throw new InvalidPolicyException("\"" + member + "\" is blank");
    }
    // Half a surrogate pair has no UTF-8, so no package could carry it.
    if (!isWellFormed(name)) {
      throw new InvalidPolicyException("\"" + member + "\" is not well-formed Unicode");
    }
  }

  /** As an encoder would say, which a large policy would need hundreds of thousands of. */
  private static boolean isWellFormed(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isHighSurrogate(name.charAt(i))) {
        i++;
        if (i == name.length() || !Character.isLowSurrogate(name.charAt(i))) {
          return false;
        }
      } else if (Character.isLowSurrogate(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
