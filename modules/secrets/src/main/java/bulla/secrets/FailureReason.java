package bulla.secrets;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Why a file or a connection cannot be used, in words for people: the messages of Java are often
 * the name of the file alone, or nothing.
 */
public final class FailureReason {
  private static final int DEEPEST_CAUSE = 8;

  private FailureReason() {}

  /** The reason alone; whoever says it names the file. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it exists already and is not what it should be";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is not a directory";
    }
    if (failure instanceof FileSystemException inFile && inFile.getReason() != null) {
      return inFile.getReason();
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "it is not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "its links lead in a circle";
    }
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    if (failure instanceof ConnectException) {
      return isOfAnUnknownHost(failure) ? "no name server knows the host" : "nothing answers there";
    }
    return failure.getClass().getSimpleName();
  }

  /** Java's HTTP client wraps it twice. */
  private static boolean isOfAnUnknownHost(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }

  /** The reason, after the file that it is about, where there is one. */
  public static String withFile(IOException failure) {
    return failure instanceof FileSystemException inFile && inFile.getFile() != null
        ? inFile.getFile() + ": " + of(failure)
        : of(failure);
  }
}
