package bulla.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Secrets in files: generated passwords, passwords that an operator hands over in a file, key
 * stores. Such files are for their owner: they are made with mode 0600, appear whole or not at all,
 * and are refused when others can read them.
 */
public final class SecretFiles {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Letters and digits without those that look alike: 0 and O, 1 and l and I. */
  private static final String ALPHABET =
      "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** 28 of 57 symbols: 163 bits. */
  private static final int PASSWORD_LENGTH = 28;

  private static final int LARGEST_PASSWORD_FILE = 4096;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** The owning group may read, because that is how containers are given their secrets. */
  private static final Set<PosixFilePermission> FORBIDDEN =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private SecretFiles() {}

  /**
   * The password in {@code file}, which is made with a random password of 163 bits (28 letters and
   * digits that do not look alike) and mode 0600 if it is missing. When several callers or
   * processes make it at once, all get the same password.
   *
   * @throws SecretFileException if the file exists but is not fit to hold a secret, as in {@link
   *     #read}
   * @throws UncheckedIOException if the file cannot be made
   */
  public static SecretFile readOrCreate(Path file) {
    if (Files.exists(file)) {
      return read(file);
    }
    byte[] content = randomPasswordLine();
    try {
      create(file, content);
      return new SecretFile(
          file, SecretBytes.takeFrom(Arrays.copyOf(content, PASSWORD_LENGTH)), true);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      return read(file);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot create the secret file " + file, failed);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * The password in {@code file}: its bytes without the line end behind them.
   *
   * @throws SecretFileException if there is no such file, if it cannot be read, if it is empty or
   *     larger than 4 KiB, or if others than its owner and group can read it or others than its
   *     owner can write it
   */
  public static SecretFile read(Path file) {
    try {
      requireFitForSecrets(file);
      if (Files.size(file) > LARGEST_PASSWORD_FILE) {
        throw new SecretFileException(
            "The secret file %s is larger than %d bytes: it is not a password"
                .formatted(file, LARGEST_PASSWORD_FILE));
      }
      byte[] content = Files.readAllBytes(file);
      try {
        int length = lengthWithoutLineEnd(content);
        if (length == 0) {
          throw new SecretFileException(
              "The secret file %s is empty: put the password into it, or remove it"
                  .formatted(file));
        }
        return new SecretFile(file, SecretBytes.takeFrom(Arrays.copyOf(content, length)), false);
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    } catch (NoSuchFileException missing) {
      throw new SecretFileException("There is no secret file " + file);
    } catch (IOException failed) {
      throw new SecretFileException(
          Files.isDirectory(file)
              ? "The secret file %s is a directory".formatted(file)
              : "The secret file %s cannot be read (%s): let it belong to the user that runs this"
                  .formatted(file, FailureReason.of(failed)));
    }
  }

  /**
   * Makes {@code file} with {@code content} and mode 0600. The file appears under its name only
   * when all of it is on the disk.
   *
   * @throws FileAlreadyExistsException if it exists; it is then left as it is
   * @throws IOException if it cannot be written
   */
  public static void create(Path file, byte[] content) throws IOException {
    // A link, because a rename would silently replace what another process has just made.
    write(file, content, unfinished -> Files.createLink(file, unfinished));
  }

  /**
   * Puts {@code content} in the place of what {@code file} holds, with mode 0600: whoever reads it,
   * at whatever moment the power fails, finds all of the old or all of the new.
   *
   * @throws IOException if it cannot be written; the old content is then still there
   */
  public static void replace(Path file, byte[] content) throws IOException {
    write(
        file, content, unfinished -> Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE));
  }

  private interface Publication {
    void publish(Path unfinished) throws IOException;
  }

  private static void write(Path file, byte[] content, Publication publication) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path unfinished =
        directory.resolve(
            "." + file.getFileName() + "." + Long.toUnsignedString(RANDOM.nextLong(), 36));
    try {
      try (var channel =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OWNER_ONLY)) {
        var remaining = ByteBuffer.wrap(content);
        while (remaining.hasRemaining()) {
          channel.write(remaining);
        }
        channel.force(true);
      }
      publication.publish(unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    syncNames(directory);
  }

  /**
   * Removes {@code file}, and returns when its name is off the disk.
   *
   * @throws IOException if it cannot be removed
   */
  public static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    syncNames(file.toAbsolutePath().getParent());
  }

  private static void syncNames(Path directory) throws IOException {
    try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /**
   * Checks that nobody but the owner can write {@code file}, and nobody but the owner and the group
   * can read it.
   *
   * @throws SecretFileException if somebody can; the message tells how to mend it
   * @throws IOException if the permissions cannot be read
   */
  public static void requireFitForSecrets(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(FORBIDDEN::contains)) {
      throw new SecretFileException(
          "The secret file %s is open to others (%s): run chmod 600 on it, and replace the secret if somebody may have read it"
              .formatted(file, PosixFilePermissions.toString(permissions)));
    }
  }

  private static byte[] randomPasswordLine() {
    var line = new byte[PASSWORD_LENGTH + 1];
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      line[i] = (byte) ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
    }
    line[PASSWORD_LENGTH] = '\n';
    return line;
  }

  private static int lengthWithoutLineEnd(byte[] content) {
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && content[length - 1] == '\r') {
      length--;
    }
    return length;
  }
}
