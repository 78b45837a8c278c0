package bulla.protection;

/** A member of a protection method or of a mask breaks a rule. */
public final class InvalidMethodException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String member;
  private final String rule;

  /**
   * @param member the name of the JSON member that is wrong
   * @param rule what it has to be, as a sentence part that follows the member's name: "must be 0 to
   *     99"
   */
  public InvalidMethodException(String member, String rule) {
    super(member + " " + rule);
    this.member = member;
    this.rule = rule;
  }

  /** The name of the JSON member that is wrong. */
  public String member() {
    return member;
  }

  /** What the member has to be. */
  public String rule() {
    return rule;
  }
}
