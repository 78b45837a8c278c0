package bulla.protection;

/**
 * Tokens of card numbers: digits only, without separators, always as long as the value.
 *
 * @param tokenizer any; SLT_2_3 when absent
 * @param fromLeft digits at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight digits at the right end that stay clear, 0 to 99; 0 when absent
 * @param invalidLuhnDigit when true, a value must pass the Luhn check and no token passes it, so
 *     that the two can be told apart; false when absent. Costs one digit of what is tokenized
 * @param alphabeticIndicator when true, one character of every token is a letter (A for 0 to J for
 *     9); false when absent; excludes {@code invalidLuhnDigit}
 * @param alphabeticIndicatorPosition that character's place, counted from 1 at the left end and
 *     beyond {@code fromLeft}, at most 4096; present exactly with {@code alphabeticIndicator}
 */
public record CreditCardToken(
    Tokenizer tokenizer,
    Integer fromLeft,
    Integer fromRight,
    Boolean invalidLuhnDigit,
    Boolean alphabeticIndicator,
    Integer alphabeticIndicatorPosition)
    implements ProtectionMethod {
  public CreditCardToken {
    tokenizer = MethodRules.anyTokenizer(tokenizer);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    invalidLuhnDigit = MethodRules.flag(invalidLuhnDigit, false);
    alphabeticIndicator = MethodRules.flag(alphabeticIndicator, false);
    if (alphabeticIndicator && invalidLuhnDigit) {
      throw new InvalidMethodException(
          "alphabeticIndicator", "must not be combined with invalidLuhnDigit");
    }
    if (!alphabeticIndicator && alphabeticIndicatorPosition != null) {
      throw new InvalidMethodException(
          "alphabeticIndicatorPosition", "must be absent without alphabeticIndicator");
    }
    if (alphabeticIndicator
        && (alphabeticIndicatorPosition == null
            || alphabeticIndicatorPosition <= fromLeft
            || alphabeticIndicatorPosition > 4096)) {
      throw new InvalidMethodException(
          "alphabeticIndicatorPosition", "must be greater than fromLeft and at most 4096");
    }
  }

  @Override
  public String key() {
    return "creditCardToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
