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
 */
public record FpeNumeric(
    Integer minLength,
    Boolean allowSmallDomain,
    AllowShort allowShort,
    Integer fromLeft,
    Integer fromRight)
    implements ProtectionMethod {
  /** The smallest length with 10^length >= 1,000,000, which NIST SP 800-38G r1 asks for. */
  private static final int SAFE_LENGTH = 6;

  public FpeNumeric {
    minLength = minLength == null ? SAFE_LENGTH : minLength;
    if (minLength < 2 || minLength > 10) {
      throw new InvalidMethodException("minLength", "must be 2 to 10");
    }
    allowSmallDomain = MethodRules.flag(allowSmallDomain, false);
    if (minLength < SAFE_LENGTH && !allowSmallDomain) {
      throw new InvalidMethodException(
          "minLength",
          "must be at least 6, or allowSmallDomain true: 10^minLength is less than the 1,000,000"
              + " values that NIST SP 800-38G requires");
    }
    allowShort = allowShort == null ? AllowShort.NO_GENERATE_ERROR : allowShort;
    if (allowShort == AllowShort.YES) {
      throw new InvalidMethodException(
          "allowShort", "must be NO_GENERATE_ERROR or NO_RETURN_INPUT");
    }
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
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
