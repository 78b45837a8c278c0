package bulla.pim.source;

/** A member source, or a part of it, that cannot be read or is not what it must be. */
final class UnreadableSourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SourceStep step;
  private final String member;

  /**
   * A file.
   *
   * @param member the member of the connection that names the file: {@code userFile}
   * @param reason what is wrong, a sentence for the security officer
   */
  UnreadableSourceException(String member, String reason) {
    super(reason);
    this.step = member.equals("groupFile") ? SourceStep.GROUPS : SourceStep.USERS;
    this.member = member;
  }

  /**
   * A source on another machine.
   *
   * @param step what did not succeed
   * @param reason what is wrong, a sentence for the security officer, without anything that the
   *     other machine could have made up but the printable name of a group
   */
  UnreadableSourceException(SourceStep step, String reason) {
    super(reason);
    this.step = step;
    this.member = "";
  }

  SourceStep step() {
    return step;
  }

  /** The member of the connection that is to blame; empty where none is. */
  String member() {
    return member;
  }
}
