package bulla.protector.cli;

import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.Pkcs11Decryptor;
import bulla.resilientpackage.keys.Pkcs12Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.keys.UnusableKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** Reads the two files of keys, with errors that name the file and what to do. */
final class KeyFiles {
  private KeyFiles() {}

  /**
   * The private key in a PEM file, a PKCS#12 key store or the token that a file describes.
   *
   * @param passwordFileOrNull with the password of the key store or the PIN of the token
   * @param aliasOrNull which of several keys
   */
  static Decryptor privateKey(
      Path file, Path passwordFileOrNull, String aliasOrNull, StandardStreams streams) {
    String name = file.toString();
    boolean token = name.endsWith(".cfg");
    boolean store = name.endsWith(".p12") || name.endsWith(".pfx");
    if (!token && !store && (passwordFileOrNull != null || aliasOrNull != null)) {
      throw CommandFailedException.wrongUsage(
          "--key-password-file and --key-alias are for a key store (.p12, .pfx) or a token (.cfg)");
    }
    char[] password = token || store ? password(passwordFileOrNull) : new char[0];
    try {
      if (token) {
        return Pkcs11Decryptor.open(file, password, aliasOrNull);
      }
      Decryptor decryptor =
          store ? Pkcs12Decryptor.of(file, password, aliasOrNull) : PemDecryptor.of(file);
      warnWhenOthersCanRead(file, streams);
      return decryptor;
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the private key", file, e);
    } catch (UnusableKeyException e) {
      throw CommandFailedException.failed(
          "cannot use the private key " + file + ": " + e.getMessage());
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static char[] password(Path fileOrNull) {
    if (fileOrNull == null) {
      throw CommandFailedException.wrongUsage(
          "a key store or token needs --key-password-file with its password or PIN");
    }
    try {
      return Files.readString(fileOrNull).strip().toCharArray();
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the password", fileOrNull, e);
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
