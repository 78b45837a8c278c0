package bulla.protection;

/**
 * Tokens of 3 to 4095 bytes of any kind, one byte longer than the value. Its tables take 64 MB
 * each, for each direction.
 *
 * @param tokenizer SLT_1_3 or SLT_2_3; SLT_1_3 when absent, as its tables are large
 * @param fromLeft bytes at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight bytes at the right end that stay clear, 0 to 99; 0 when absent
 */
public record BinaryToken(Tokenizer tokenizer, Integer fromLeft, Integer fromRight)
    implements ProtectionMethod {
  public BinaryToken {
    tokenizer = MethodRules.tokenizerOfThree(tokenizer == null ? Tokenizer.SLT_1_3 : tokenizer);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
  }

  @Override
  public String key() {
    return "binaryToken";
  }

  @Override
  public boolean protectsToText() {
    return false;
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return false;
  }
}
