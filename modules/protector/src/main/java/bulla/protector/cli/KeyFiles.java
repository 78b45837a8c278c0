package bulla.protector.cli;

import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.keys.UnusableKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads the two files of keys, with errors that name the file and what to do. */
final class KeyFiles {
  private KeyFiles() {}

  static PemDecryptor privateKey(Path file, StandardStreams streams) {
    try {
      PemDecryptor decryptor = PemDecryptor.of(file);
      warnWhenOthersCanRead(file, streams);
      return decryptor;
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the private key", file, e);
    } catch (UnusableKeyException e) {
      throw CommandFailedException.failed(
          "cannot use the private key " + file + ": " + e.getMessage());
    }
  }

  static TrustedKeys trustedKeys(Path file) {
    try {
      return TrustedKeys.fromJwks(Files.readString(file));
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the trusted keys", file, e);
    } catch (UnusableKeyException e) {
      throw CommandFailedException.failed(
          "cannot use the trusted keys "
              + file
              + ": "
              + e.getMessage()
              + "; the server shows the right ones at /pty/v1/rps/jwks");
    }
  }

  private static void warnWhenOthersCanRead(Path file, StandardStreams streams) throws IOException {
    if (!file.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      streams.say(
          "warning: others can read the private key "
              + file
              + " ("
              + PosixFilePermissions.toString(permissions)
              + "); chmod 600 it");
    }
  }
}
