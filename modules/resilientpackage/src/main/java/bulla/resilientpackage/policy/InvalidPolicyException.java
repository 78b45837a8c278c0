package bulla.resilientpackage.policy;

/** A policy, or a part of one, that cannot be meant: the message names the part and the reason. */
public final class InvalidPolicyException extends IllegalArgumentException {
  /**
   * In UTF-16 code units. In a package one takes six bytes at most (a control character, escaped),
   * so that every text is one that a reader takes.
   */
  private static final int LONGEST_NAME = 8_192;

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
    if (name.length() > LONGEST_NAME) {
      throw new InvalidPolicyException(
          "\"" + member + "\" has more than " + LONGEST_NAME + " characters");
    }
    // Half a surrogate pair has no UTF-8, so no package could carry it.
    if (!UserNames.isWellFormed(name)) {
      throw new InvalidPolicyException("\"" + member + "\" is not well-formed Unicode");
    }
  }
}
