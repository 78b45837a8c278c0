package bulla.protection;

/**
 * Tokens of any Unicode text: its UTF-8 becomes digits and ASCII letters. Deprecated by the
 * published API.
 *
 * @param tokenizer SLT_1_3 or SLT_2_3; SLT_2_3 when absent
 */
public record UnicodeToken(Tokenizer tokenizer) implements ProtectionMethod {
  public UnicodeToken {
    tokenizer = MethodRules.tokenizerOfThree(tokenizer);
  }

  @Override
  public String key() {
    return "unicodeToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
