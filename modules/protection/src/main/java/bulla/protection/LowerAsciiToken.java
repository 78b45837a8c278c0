package bulla.protection;

/**
 * Tokens of the visible ASCII characters (U+0021 to U+007E); the space is none of them; other
 * characters stay where they are.
 *
 * @param tokenizer SLT_1_3, the only one, also when absent
 * @param fromLeft characters at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight characters at the right end that stay clear, 0 to 99; 0 when absent
 * @param lengthPreserving whether a token is as long as its value; true when absent
 * @param allowShort only with {@code lengthPreserving}; NO_GENERATE_ERROR when absent
 */
public record LowerAsciiToken(
    Tokenizer tokenizer,
    Integer fromLeft,
    Integer fromRight,
    Boolean lengthPreserving,
    AllowShort allowShort)
    implements ProtectionMethod {
  public LowerAsciiToken {
    tokenizer = MethodRules.oneTableOfThree(tokenizer);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    lengthPreserving = MethodRules.flag(lengthPreserving, true);
    allowShort = MethodRules.allowShort(allowShort, lengthPreserving);
  }

  @Override
  public String key() {
    return "lowerAsciiToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return allowShort != AllowShort.NO_RETURN_INPUT;
  }
}
