package bulla.rps.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A sealed package that is kept, without its content.
 *
 * @param id which package
 * @param digest SHA-256 of the content: 64 lower-case hexadecimal digits
 */
record SealedPackage(PackageId id, String digest) {
  static SealedPackage of(PackageId id, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new SealedPackage(id, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
