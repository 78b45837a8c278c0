package bulla.protection;

/**
 * Tokens of the code points of an alphabet of the policy: as many code points as the value, though
 * perhaps not as many bytes; other characters stay where they are.
 *
 * @param tokenizer SLT_1_3 (when absent) for an alphabet of 10 to 160 code points, SLT_X_1 for one
 *     of 161 to 100,000
 * @param alphabetUid the uid of the policy's alphabet
 * @param encoding how values and tokens are written where they are given as bytes; UTF8 when absent
 * @param fromLeft code points at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight code points at the right end that stay clear, 0 to 99; 0 when absent
 * @param lengthPreserving whether a token is as long as its value; true when absent
 * @param allowShort only with {@code lengthPreserving}; NO_GENERATE_ERROR when absent
 */
public record UnicodeGen2Token(
    Tokenizer tokenizer,
    String alphabetUid,
    TextEncoding encoding,
    Integer fromLeft,
    Integer fromRight,
    Boolean lengthPreserving,
    AllowShort allowShort)
    implements ProtectionMethod {
  private static final int MOST_BY_BLOCKS = 160;

  public UnicodeGen2Token {
    MethodRules.require(
        alphabetUid != null && !alphabetUid.isBlank(), "alphabetUid", "must be an alphabet's uid");
    tokenizer = tokenizer == null ? Tokenizer.SLT_1_3 : tokenizer;
    MethodRules.require(
        tokenizer == Tokenizer.SLT_1_3 || tokenizer == Tokenizer.SLT_X_1,
        "tokenizer",
        "must be SLT_1_3 or SLT_X_1");
    encoding = encoding == null ? TextEncoding.UTF8 : encoding;
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    lengthPreserving = MethodRules.flag(lengthPreserving, true);
    allowShort = MethodRules.allowShort(allowShort, lengthPreserving);
  }

  /**
   * Checks that the tokenizer is the one for so many symbols.
   *
   * @throws InvalidMethodException when it is not
   */
  public void requireFit(CodePoints alphabet) {
    boolean byBlocks = alphabet.size() <= MOST_BY_BLOCKS;
    MethodRules.require(
        byBlocks == (tokenizer == Tokenizer.SLT_1_3),
        "tokenizer",
        byBlocks
            ? "must be SLT_1_3 for an alphabet of up to " + MOST_BY_BLOCKS + " code points"
            : "must be SLT_X_1 for an alphabet of more than " + MOST_BY_BLOCKS + " code points");
  }

  @Override
  public String key() {
    return "unicodeGen2Token";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return allowShort != AllowShort.NO_RETURN_INPUT;
  }
}
