package bulla.protection;

/**
 * Tokens of digits and ASCII letters (0-9, a-z, A-Z); other characters stay where they are.
 *
 * @param tokenizer SLT_1_3 or SLT_2_3; SLT_2_3 when absent
 * @param fromLeft characters at the left end that stay clear, 0 to 99; 0 when absent
 * @param fromRight characters at the right end that stay clear, 0 to 99; 0 when absent
 * @param lengthPreserving whether a token is as long as its value; true when absent
 * @param allowShort only with {@code lengthPreserving}; NO_GENERATE_ERROR when absent
 * @param preserveCase when true, digits stay digits, and letters stay letters of their case; left
 *     out of the JSON form when it is not. It needs SLT_2_3, length preserving, {@code allowShort}
 *     YES (their values when absent) and no clear ends, and has no external IV. It weakens tokens:
 *     they show which places had capitals, small letters and digits, and have few of each
 * @param preservePosition when true, digits stay digits and letters letters, of any case; otherwise
 *     as {@code preserveCase}
 */
public record AlphaNumericToken(
    Tokenizer tokenizer,
    Integer fromLeft,
    Integer fromRight,
    Boolean lengthPreserving,
    AllowShort allowShort,
    Boolean preserveCase,
    Boolean preservePosition)
    implements ProtectionMethod {
  public AlphaNumericToken {
    preserveCase = MethodRules.onlyTrue(preserveCase);
    preservePosition = MethodRules.onlyTrue(preservePosition);
    tokenizer = MethodRules.tokenizerOfThree(tokenizer);
    fromLeft = MethodRules.clearCharacters("fromLeft", fromLeft);
    fromRight = MethodRules.clearCharacters("fromRight", fromRight);
    lengthPreserving = MethodRules.flag(lengthPreserving, true);
    if (preserveCase != null || preservePosition != null) {
      String because = " with preserveCase or preservePosition";
      MethodRules.require(tokenizer == Tokenizer.SLT_2_3, "tokenizer", "must be SLT_2_3" + because);
      MethodRules.require(fromLeft == 0, "fromLeft", "must be 0" + because);
      MethodRules.require(fromRight == 0, "fromRight", "must be 0" + because);
      MethodRules.require(lengthPreserving, "lengthPreserving", "must be true" + because);
      allowShort = allowShort == null ? AllowShort.YES : allowShort;
      MethodRules.require(allowShort == AllowShort.YES, "allowShort", "must be YES" + because);
    }
    allowShort = MethodRules.allowShort(allowShort, lengthPreserving);
  }

  /** Without the members that keep case or positions. */
  public AlphaNumericToken(
      Tokenizer tokenizer,
      Integer fromLeft,
      Integer fromRight,
      Boolean lengthPreserving,
      AllowShort allowShort) {
    this(tokenizer, fromLeft, fromRight, lengthPreserving, allowShort, null, null);
  }

  @Override
  public String key() {
    return "alphaNumericToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return allowShort != AllowShort.NO_RETURN_INPUT;
  }
}
