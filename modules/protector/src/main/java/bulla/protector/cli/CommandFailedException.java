package bulla.protector.cli;

import bulla.secrets.FailureReason;
import java.io.IOException;
import java.nio.file.Path;

/** Ends the command with an exit status and one line for people. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  private CommandFailedException(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  static CommandFailedException failed(String message) {
    return new CommandFailedException(ExitStatus.FAILED, message);
  }

  static CommandFailedException wrongUsage(String message) {
    return new CommandFailedException(ExitStatus.WRONG_USAGE, message);
  }

  static CommandFailedException refused(String message) {
    return new CommandFailedException(ExitStatus.REFUSED, message);
  }

  /**
   * A file cannot be used, with the reason in words: the file system's own are often a bare path.
   */
  static CommandFailedException of(String what, Path file, IOException e) {
    return failed(what + " " + file + ": " + FailureReason.of(e));
  }

  int exitStatus() {
    return exitStatus;
  }
}
