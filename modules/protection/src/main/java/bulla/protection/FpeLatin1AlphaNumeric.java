package bulla.protection;

/**
 * Format preserving encryption of digits and the 114 letters of Basic Latin and Latin-1 by FF1
 * (NIST SP 800-38G) with AES-256; other characters stay where they are. The external IV is the
 * tweak.
 *
 * @param minLength the least number of symbols that are encrypted, 2 to 10; 3 when absent. Less is
 *     a domain of fewer than 1,000,000 values and needs {@code allowSmallDomain}
 * @param allowSmallDomain whether {@code minLength} may be less than 3; false when absent
 * @param allowShort NO_GENERATE_ERROR, also when absent: the published type has nothing else
 * @param fromLeft characters at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight characters at the right end that stay clear, 0 to 99; 0 when absent. Clear ends
 *     become a part of the tweak, which goes beyond NIST's approved form
 * @param tweakMode EXTERNAL or CLEAR_ENDS; both make the tweak when absent
 */
public record FpeLatin1AlphaNumeric(
    Integer minLength,
    Boolean allowSmallDomain,
    AllowShort allowShort,
    Integer fromLeft,
    Integer fromRight,
    TweakMode tweakMode)
    implements ProtectionMethod {
  public FpeLatin1AlphaNumeric {
    allowSmallDomain = MethodRules.flag(allowSmallDomain, false);
    minLength = MethodRules.ff1Length(minLength, 3, allowSmallDomain);
    allowShort = MethodRules.ff1NeverShort(allowShort);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    MethodRules.requireTweak(tweakMode, fromLeft, fromRight);
  }

  /** With both kinds of tweak. */
  public FpeLatin1AlphaNumeric(
      Integer minLength,
      Boolean allowSmallDomain,
      AllowShort allowShort,
      Integer fromLeft,
      Integer fromRight) {
    this(minLength, allowSmallDomain, allowShort, fromLeft, fromRight, null);
  }

  @Override
  public String key() {
    return "fpeLatin1AlphaNumeric";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
