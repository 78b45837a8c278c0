package bulla.protector.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is whole or not there at all. It is written under another name beside its own,
 * brought to the disk, and renamed at the end; when that does not come, the other name is removed,
 * also when the process is asked to end. A new file is for its owner alone, since it may hold clear
 * values; a replaced one keeps its permissions.
 */
final class OutputFile implements RowOutput, AutoCloseable {
  private final Path target;
  private final Path written;
  private final FileChannel channel;
  private final OutputStream stream;
  private final Thread removal;
  private boolean committed;

  private OutputFile(Path target, Path written, FileChannel channel) {
    this.target = target;
    this.written = written;
    this.channel = channel;
    this.stream =
        new BufferedOutputStream(new UnclosedOutput(Channels.newOutputStream(channel)), 65_536);
    this.removal = new Thread(() -> deleteQuietly(written));
    Runtime.getRuntime().addShutdownHook(removal);
  }

  /** Begins to write {@code file}, whose directory must exist. */
  static OutputFile create(Path file) throws IOException {
    // A symbolic link is followed: what it points to is made or replaced, not the link.
    Path target = FileNames.place(file);
    Path written = temporary(target);
    try {
      return new OutputFile(target, written, FileChannel.open(written, StandardOpenOption.WRITE));
    } catch (IOException e) {
      deleteQuietly(written);
      throw e;
    }
  }

  /** A new file beside {@code target}, for its owner alone. */
  static Path temporary(Path target) throws IOException {
    return Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
  }

  /** A new file of this name, for its owner alone. */
  static Path ownerOnly(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createFile(file);
  }

  /** What is written. Closing it does not end the file. */
  @Override
  public OutputStream stream() {
    return stream;
  }

  /** Gives the file its name, once all of it is on the disk. */
  void commit() throws IOException {
    stream.flush();
    keepPermissions(target, written);
    channel.force(true);
    channel.close();
    Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    committed = true;
    forceDirectory();
  }

  private static void keepOwner(PosixFileAttributes old, Path written) throws IOException {
    PosixFileAttributeView mine =
        Files.getFileAttributeView(
            written, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes its = mine.readAttributes();
    if (its.owner().equals(old.owner()) && its.group().equals(old.group())) {
      return;
    }
    try {
      mine.setGroup(old.group());
      mine.setOwner(old.owner());
    } catch (FileSystemException onlyForRoot) {
      // Whoever else replaces a file owns the new one, as with every program that does so.
      return;
    }
  }

  /** A file that replaces another one gets that one's permissions, and by root also its owner. */
  static void keepPermissions(Path target, Path written) throws IOException {
    var old =
        Files.getFileAttributeView(target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (old != null && Files.exists(target)) {
      PosixFileAttributes attributes = old.readAttributes();
      keepOwner(attributes, written);
      Files.setPosixFilePermissions(written, attributes.permissions());
    }
  }

  // The new name is on the disk only when its directory is. Not every system can do it, and then
  // the file is whole all the same.
  private void forceDirectory() {
    try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      return;
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Nothing is left to be tried, and the error that led here is the one to be told.
      return;
    }
  }

  /** Removes what was written unless it was committed. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It goes away with the file that follows.
    }
    if (!committed) {
      deleteQuietly(written);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook is at work already.
    }
  }
}
