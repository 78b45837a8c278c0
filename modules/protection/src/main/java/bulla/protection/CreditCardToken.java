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
 *     9); false when absent; excludes {@code invalidLuhnDigit} and {@code invalidCardType}
 * @param alphabeticIndicatorPosition that character's place, counted from 1 at the left end and
 *     beyond {@code fromLeft}, at most 4096; present exactly with {@code alphabeticIndicator}
 * @param invalidCardType when true, a value must begin with a digit that cards of payment networks
 *     begin with (2 to 6), and every token begins with another one, so that the two can be told
 *     apart; needs {@code fromLeft} 0; left out of the JSON form when it is not true
 */
public record CreditCardToken(
    Tokenizer tokenizer,
    Integer fromLeft,
    Integer fromRight,
    Boolean invalidLuhnDigit,
    Boolean alphabeticIndicator,
    Integer alphabeticIndicatorPosition,
    Boolean invalidCardType)
    implements ProtectionMethod {
  public CreditCardToken {
    tokenizer = MethodRules.anyTokenizer(tokenizer);
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
  }

  /** Without an invalid card type. */
  public CreditCardToken(
      Tokenizer tokenizer,
      Integer fromLeft,
      Integer fromRight,
      Boolean invalidLuhnDigit,
      Boolean alphabeticIndicator,
      Integer alphabeticIndicatorPosition) {
    this(
        tokenizer,
        fromLeft,
        fromRight,
        invalidLuhnDigit,
        alphabeticIndicator,
        alphabeticIndicatorPosition,
        null);
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
