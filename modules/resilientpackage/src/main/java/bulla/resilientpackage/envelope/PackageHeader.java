package bulla.resilientpackage.envelope;

import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.policy.UserNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a package says of itself; all of it is signed.
 *
 * @param issuer who made it ({@code iss})
 * @param audience the fingerprint of the export key that it is for ({@code aud}): 64 lower-case
 *     hexadecimal digits
 * @param dataStore the uid of the data store whose policy it holds
 * @param serial the revision of that data store's deployment, from 1; a reader accepts no lower one
 *     than before
 * @param issuedAt when it was made ({@code iat}), in whole seconds; a fraction is cut off
 * @param expiresAt when it ceases to be accepted ({@code exp}), in whole seconds; null for never
 * @param version the version of the envelope
 * @param coreVersion the version of the content
 */
public record PackageHeader(
    String issuer,
    String audience,
    String dataStore,
    long serial,
    Instant issuedAt,
    Instant expiresAt,
    int version,
    int coreVersion) {
  /** The version of the envelope that this library writes; it reads the one before too. */
  public static final int VERSION = 1;

  /** The version of the content that this library writes; it reads the one before too. */
  public static final int CORE_VERSION = 1;

  /** In UTF-16 code units; a reader takes a header of 3,072 bytes, and each may take six. */
  private static final int LONGEST_TEXT = 400;

  /**
   * @throws IllegalArgumentException when a text is blank or longer than 400 characters, the
   *     audience not a fingerprint, a number below 1 or the expiry not after the issue
   */
  public PackageHeader {
    requireIssuer(issuer);
    requireText(dataStore, "dataStore");
    if (!ExportKey.normalizeFingerprint(audience).equals(audience)) {
      throw new IllegalArgumentException("aud must be a fingerprint in its plain form");
    }
    if (serial < 1 || version < 1 || coreVersion < 1) {
      throw new IllegalArgumentException("serial, version and coreVersion must be at least 1");
    }
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    if (expiresAt != null) {
      expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
      if (!expiresAt.isAfter(issuedAt)) {
        throw new IllegalArgumentException("exp must be after iat");
      }
    }
  }

  /**
   * Refuses what no package can have as its {@code iss}, before there is one.
   *
   * @throws IllegalArgumentException when it is blank, not well-formed or longer than 400
   *     characters
   */
  public static void requireIssuer(String issuer) {
    requireText(issuer, "iss");
  }

  private static void requireText(String text, String member) {
    if (text == null || text.isBlank() || !UserNames.isWellFormed(text)) {
      throw new IllegalArgumentException(member + " is missing or not well-formed");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(member + " has more than " + LONGEST_TEXT + " characters");
    }
  }

  /**
   * Whether a reader that writes the version {@code own} reads this one: that and the one before.
   */
  static boolean isReadBy(long version, int own) {
    return version >= 1 && (version == own || version == own - 1L);
  }

  /** When it ceases to be accepted, if ever. */
  public Optional<Instant> findExpiry() {
    return Optional.ofNullable(expiresAt);
  }
}
