package bulla.pim.dataelement;

import bulla.protection.DateToken;
import bulla.protection.HmacSha1;
import bulla.protection.PrintableToken;
import bulla.protection.ProtectionMethod;
import bulla.protection.TripleDesCbcEnc;
import bulla.protection.TripleDesCuspEnc;
import bulla.protection.UnicodeBase64Token;
import bulla.protection.UnicodeToken;
import java.util.Map;
import java.util.Optional;

/**
 * The methods that the published API keeps for data that they protect already. They work; whoever
 * makes a new data element with one is told.
 */
final class DeprecatedMethod {
  /** The header of RFC 9745. */
  static final String HEADER = "Deprecation";

  /** Since when, as RFC 9745 writes it: 1 January 2026, before the first release of this server. */
  static final String SINCE = "@1767225600";

  private static final Map<Class<? extends ProtectionMethod>, String> REASONS =
      Map.of(
          PrintableToken.class, "its tables are large, and its alphabet is that of one region",
          DateToken.class, "dateTimeToken also takes times, and more forms of dates",
          UnicodeToken.class, "its tokens are longer than the values",
          UnicodeBase64Token.class, "its tokens are longer than the values",
          TripleDesCbcEnc.class, "Triple DES is withdrawn (NIST SP 800-67); use aes256GcmEnc",
          TripleDesCuspEnc.class, "Triple DES is withdrawn (NIST SP 800-67); use aes256GcmEnc",
          HmacSha1.class, "SHA-1 is withdrawn (FIPS 180-4, to be removed); use hmacSha256");

  private DeprecatedMethod() {}

  /** What to tell whoever uses the method; empty where it is not deprecated. */
  static Optional<String> warning(ProtectionMethod method) {
    return Optional.ofNullable(REASONS.get(method.getClass()))
        .map(reason -> method.key() + " is deprecated: " + reason);
  }
}
