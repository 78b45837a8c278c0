package bulla.protection;

/**
 * Format preserving encryption of card numbers by FF1 (NIST SP 800-38G) with AES-256: digits only,
 * without separators. The external IV is the tweak.
 *
 * @param minLength the least number of digits that are encrypted, 8 (when absent) to 10
 * @param fromLeft digits at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight digits at the right end that stay clear, 0 to 99; 0 when absent. Clear ends
 *     become a part of the tweak, which goes beyond NIST's approved form
 * @param invalidLuhnDigit as of {@link CreditCardToken}
 * @param alphabeticIndicator as of {@link CreditCardToken}
 * @param alphabeticIndicatorPosition as of {@link CreditCardToken}
 * @param invalidCardType as of {@link CreditCardToken}; left out of the JSON form when it is not
 *     true
 * @param tweakMode EXTERNAL or CLEAR_ENDS; both make the tweak when absent
 */
public record FpeCreditCard(
    Integer minLength,
    Integer fromLeft,
    Integer fromRight,
    Boolean invalidLuhnDigit,
    Boolean alphabeticIndicator,
    Integer alphabeticIndicatorPosition,
    Boolean invalidCardType,
    TweakMode tweakMode)
    implements ProtectionMethod {
  private static final int LEAST = 8;
  private static final int MOST = 10;

  public FpeCreditCard {
    minLength = minLength == null ? LEAST : minLength;
    MethodRules.require(
        minLength >= LEAST && minLength <= MOST, "minLength", "must be " + LEAST + " to " + MOST);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    invalidLuhnDigit = MethodRules.flag(invalidLuhnDigit, false);
    alphabeticIndicator = MethodRules.flag(alphabeticIndicator, false);
    invalidCardType = MethodRules.onlyTrue(invalidCardType);
    MethodRules.requireCard(
        fromLeft,
        invalidLuhnDigit,
        alphabeticIndicator,
        alphabeticIndicatorPosition,
        invalidCardType);
    MethodRules.requireTweak(tweakMode, fromLeft, fromRight);
  }

  @Override
  public String key() {
    return "fpeCreditCard";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
