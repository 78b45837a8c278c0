package bulla.protection;

/**
 * Tokens of integers of two, four or eight bytes: any number of the size becomes any number of it.
 * Its tables take up to 64 MB for each direction.
 *
 * @param size 2, 4 (when absent) or 8 bytes
 * @param tokenizer SLT_1_3, the only one, also when absent
 */
public record IntegerToken(Integer size, Tokenizer tokenizer) implements ProtectionMethod {
  public IntegerToken {
    size = size == null ? 4 : size;
    if (size != 2 && size != 4 && size != 8) {
      throw new InvalidMethodException("size", "must be 2, 4 or 8");
    }
    tokenizer = MethodRules.oneTableOfThree(tokenizer);
  }

  @Override
  public String key() {
    return "integerToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
