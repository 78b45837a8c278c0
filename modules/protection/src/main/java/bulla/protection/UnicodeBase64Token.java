package bulla.protection;

/**
 * Tokens of any Unicode text: its UTF-8 becomes the 64 symbols of Base64 (RFC 4648 section 4),
 * without padding. Deprecated by the published API.
 *
 * @param tokenizer SLT_1_3 or SLT_2_3; SLT_2_3 when absent
 */
public record UnicodeBase64Token(Tokenizer tokenizer) implements ProtectionMethod {
  public UnicodeBase64Token {
    tokenizer = MethodRules.tokenizerOfThree(tokenizer);
  }

  @Override
  public String key() {
    return "unicodeBase64Token";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
