package bulla.protection;

/**
 * Tokens of decimal numbers: a sign and one full stop or comma stay, the digits become digits from
 * 1 to 9. A token has one or two digits more before the separator than its value, and as many
 * behind it.
 *
 * @param tokenizer SLT_6_DECIMAL, the only one, also when absent
 * @param minLength the least number of digits of a value, 1 (when absent) to 36
 * @param maxLength the largest number of digits of a value, {@code minLength} to 36 (when absent)
 */
public record DecimalToken(Tokenizer tokenizer, Integer minLength, Integer maxLength)
    implements ProtectionMethod {
  public DecimalToken {
    tokenizer = MethodRules.only(Tokenizer.SLT_6_DECIMAL, tokenizer);
    minLength = minLength == null ? 1 : minLength;
    maxLength = maxLength == null ? 36 : maxLength;
    if (minLength < 1 || minLength > 36) {
      throw new InvalidMethodException("minLength", "must be 1 to 36");
    }
    if (maxLength < minLength || maxLength > 36) {
      throw new InvalidMethodException("maxLength", "must be minLength to 36");
    }
  }

  @Override
  public String key() {
    return "decimalToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
