package bulla.protection;

/**
 * Format preserving encryption of the digits 0 to 9 by FF1 (NIST SP 800-38G) with AES-256; other
 * characters stay where they are. The external IV is the tweak.
 *
 * @param minLength the least number of digits that are encrypted, 2 to 10; 6 when absent. Less than
 *     6 is a domain of fewer than 1,000,000 values and needs {@code allowSmallDomain}
 * @param allowSmallDomain whether {@code minLength} may be less than 6; false when absent
 * @param allowShort NO_GENERATE_ERROR (when absent) or NO_RETURN_INPUT, for values of fewer digits
 * @param fromLeft characters at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight characters at the right end that stay clear, 0 to 99; 0 when absent. Clear ends
 *     become a part of the tweak, which goes beyond NIST's approved form
 * @param tweakMode EXTERNAL or CLEAR_ENDS; both make the tweak when absent
 */
public record FpeNumeric(
    Integer minLength,
    Boolean allowSmallDomain,
    AllowShort allowShort,
    Integer fromLeft,
    Integer fromRight,
    TweakMode tweakMode)
    implements ProtectionMethod {
  /** The smallest length with 10^length >= 1,000,000, which NIST SP 800-38G r1 asks for. */
  private static final int SAFE_LENGTH = 6;

  public FpeNumeric {
    allowSmallDomain = MethodRules.flag(allowSmallDomain, false);
    minLength = MethodRules.ff1Length(minLength, SAFE_LENGTH, allowSmallDomain);
    allowShort = MethodRules.ff1Short(allowShort);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    MethodRules.requireTweak(tweakMode, fromLeft, fromRight);
  }

  /** With both kinds of tweak. */
  public FpeNumeric(
      Integer minLength,
      Boolean allowSmallDomain,
      AllowShort allowShort,
      Integer fromLeft,
      Integer fromRight) {
    this(minLength, allowSmallDomain, allowShort, fromLeft, fromRight, null);
  }

  @Override
  public String key() {
    return "fpeNumeric";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return allowShort != AllowShort.NO_RETURN_INPUT;
  }
}
