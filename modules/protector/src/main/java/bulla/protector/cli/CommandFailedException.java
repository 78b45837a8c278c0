package bulla.protector.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
    return failed(what + " " + file + ": " + reason(e));
  }

  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists already and is not what it should be";
    }
    if (e instanceof FileSystemException inFile && inFile.getReason() != null) {
      return inFile.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  int exitStatus() {
    return exitStatus;
  }
}
