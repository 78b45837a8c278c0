package bulla.protector.cli;

/** What the process tells its caller. */
final class ExitStatus {
  /** All was done. */
  static final int DONE = 0;

  /** A key, the package or the data is not what it must be, or a file cannot be used. */
  static final int FAILED = 1;

  /** The command line asks for what does not exist. */
  static final int WRONG_USAGE = 2;

  /** The policy does not let the user do this. */
  static final int REFUSED = 3;

  private ExitStatus() {}
}
