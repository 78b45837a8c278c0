package bulla.protection;

/**
 * How the values of a data element are protected. There is one record for each JSON key of the
 * published data element; its components are that object's JSON members. A component that is given
 * as null takes its default; what cannot be is refused with {@link InvalidMethodException}, so
 * every instance is complete and valid. A component that stays null has no meaning in its
 * combination and is left out of the JSON form.
 */
public sealed interface ProtectionMethod
    permits NumericToken,
        IntegerToken,
        CreditCardToken,
        AlphaToken,
        UpperAlphaToken,
        AlphaNumericToken,
        UpperAlphaNumericToken,
        LowerAsciiToken,
        PrintableToken,
        DateToken,
        DateTimeToken,
        DecimalToken,
        UnicodeGen2Token,
        UnicodeToken,
        UnicodeBase64Token,
        BinaryToken,
        EmailToken,
        FpeNumeric,
        FpeAlpha,
        FpeAlphaNumeric,
        FpeLatin1Alpha,
        FpeLatin1AlphaNumeric,
        FpeCreditCard,
        Aes256GcmEnc,
        Aes128CbcEnc,
        Aes256CbcEnc,
        Aes128CuspEnc,
        Aes256CuspEnc,
        TripleDesCbcEnc,
        TripleDesCuspEnc,
        HmacSha256,
        HmacSha1,
        Monitor,
        NoEnc {

  /** The JSON key of the method within a data element, such as {@code numericToken}. */
  String key();

  /** How many bytes of key material an element of this method has; 0 for none. */
  default int keyLength() {
    return 32;
  }

  /**
   * True when values of fewer than 1,000,000 possible ones may be protected, which NIST SP 800-38G
   * Revision 1 forbids for FF1; a method has a member for that, or does not need it.
   */
  default Boolean allowSmallDomain() {
    return false;
  }

  /**
   * True when the id of the key stands in front of a protected value, so that an element can have
   * several keys.
   */
  default boolean storesKeyId() {
    return false;
  }

  /**
   * True when a protected value is text, false when it is bytes (encryption, hashes, binary
   * tokens).
   */
  default boolean protectsToText() {
    return true;
  }

  /** True when it unprotects, too, what it has protected; a hash does not. */
  default boolean unprotects() {
    return true;
  }

  /**
   * True when a rule may answer a caller without access with the protected value. It may not where
   * that could be the clear value (no encryption, short values returned as they are) or is not of
   * the clear value's type (encryption).
   */
  boolean protectedValueIsReturnable();
}
