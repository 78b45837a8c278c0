package bulla.protection;

/**
 * Tokens of email addresses: the digits and ASCII letters before the rightmost {@code @}. Every
 * other character, the whole domain included, stays where it is.
 *
 * @param tokenizer SLT_1_3 or SLT_2_3; SLT_2_3 when absent
 * @param lengthPreserving whether a token is as long as its value; true when absent
 * @param allowShort only with {@code lengthPreserving}; NO_GENERATE_ERROR when absent
 */
public record EmailToken(Tokenizer tokenizer, Boolean lengthPreserving, AllowShort allowShort)
    implements ProtectionMethod {
  public EmailToken {
    tokenizer = MethodRules.tokenizerOfThree(tokenizer);
    lengthPreserving = MethodRules.flag(lengthPreserving, true);
    allowShort = MethodRules.allowShort(allowShort, lengthPreserving);
  }

  @Override
  public String key() {
    return "emailToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return allowShort != AllowShort.NO_RETURN_INPUT;
  }
}
