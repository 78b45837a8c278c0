package bulla.protector.cli;

import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.Pkcs11Decryptor;
import bulla.resilientpackage.keys.Pkcs12Decryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.keys.UnusableKeyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    byte[] bytes = {};
    try {
      bytes = Files.readAllBytes(fileOrNull);
      return withoutLineEnd(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
    } catch (CharacterCodingException e) {
      throw CommandFailedException.failed(
          "cannot read the password " + fileOrNull + ": it is not UTF-8");
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read the password", fileOrNull, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Spaces may belong to a password, the end of its line does not; {@code text} is wiped. */
  private static char[] withoutLineEnd(CharBuffer text) {
    int length = text.length();
    while (length > 0 && "\r\n".indexOf(text.get(length - 1)) >= 0) {
      length--;
    }
    var password = new char[length];
    text.get(password);
    Arrays.fill(text.array(), '\0');
    return password;
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
