package bulla.pim.source;

/** A file of a member source that cannot be read, or is not what it must be. */
final class UnreadableSourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String member;

  /**
   * @param member the member of the connection that names the file: {@code userFile}
   * @param reason what is wrong, a sentence for the security officer
   */
  UnreadableSourceException(String member, String reason) {
    super(reason);
    this.member = member;
  }

  String member() {
    return member;
  }
}
