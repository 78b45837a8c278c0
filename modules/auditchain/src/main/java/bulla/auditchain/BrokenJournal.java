package bulla.auditchain;

/** A journal is not what it claims to be. The message says what is wrong, for its reader. */
public final class BrokenJournal extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenJournal(String message) {
    super(message);
  }
}
