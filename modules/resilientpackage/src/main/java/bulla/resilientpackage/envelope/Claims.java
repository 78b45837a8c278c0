package bulla.resilientpackage.envelope;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * The first members of the content, as they stand there: signed, but not yet compared with
 * anything. They have the same names and places in every version of the content.
 *
 * @param expiresAt null for never
 */
record Claims(
    long version,
    long coreVersion,
    String issuer,
    String audience,
    String dataStore,
    long serial,
    long issuedAt,
    Long expiresAt) {
  /**
   * @throws PackageException {@code INVALID_CONTENT} when they are not those of any package
   */
  PackageHeader header() {
    try {
      return new PackageHeader(
          issuer,
          audience,
          dataStore,
          serial,
          Instant.ofEpochSecond(issuedAt),
          expiresAt == null ? null : Instant.ofEpochSecond(expiresAt),
          Math.toIntExact(version),
          Math.toIntExact(coreVersion));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw PackageProblem.INVALID_CONTENT.because("its claims are not those of a package");
    }
  }
}
