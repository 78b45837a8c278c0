package bulla.protection;

/**
 * Tokens of the ASCII letters (a-z, A-Z); other characters stay where they are.
 *
 * @param tokenizer SLT_1_3 or SLT_2_3; SLT_2_3 when absent
 * @param fromLeft characters at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight characters at the right end that stay clear, 0 to 99; 0 when absent
 * @param lengthPreserving whether a token is as long as its value; true when absent
 * @param allowShort only with {@code lengthPreserving}; NO_GENERATE_ERROR when absent
 */
public record AlphaToken(
    Tokenizer tokenizer,
    Integer fromLeft,
    Integer fromRight,
    Boolean lengthPreserving,
    AllowShort allowShort)
    implements ProtectionMethod {
  public AlphaToken {
    tokenizer = MethodRules.tokenizerOfThree(tokenizer);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    lengthPreserving = MethodRules.flag(lengthPreserving, true);
    allowShort = MethodRules.allowShort(allowShort, lengthPreserving);
  }

  @Override
  public String key() {
    return "alphaToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return allowShort != AllowShort.NO_RETURN_INPUT;
  }
}
