package bulla.protection;

/**
 * Tokens of dates, with a time of day or without one: {@code YYYY-MM-DD}, with a full stop, slash
 * or hyphen, then optionally a space or {@code T} and {@code HH:MM:SS}, then optionally a full stop
 * or comma and 3, 6 or 9 digits. The dates are those of {@link DateToken}; a token is valid too and
 * in the same notation.
 *
 * @param tokenizer SLT_DATETIME, the only one, also when absent
 * @param tokenizeTime whether the time is replaced together with the date; false when absent
 * @param distinguishableDate whether the dates of tokens lie behind 3337-11-27, so that the two can
 *     be told apart; false when absent; excludes a {@code dateInClear} other than NONE
 * @param dateInClear what of the date stays clear; NONE when absent
 */
public record DateTimeToken(
    Tokenizer tokenizer, Boolean tokenizeTime, Boolean distinguishableDate, DateInClear dateInClear)
    implements ProtectionMethod {
  public DateTimeToken {
    tokenizer = MethodRules.only(Tokenizer.SLT_DATETIME, tokenizer);
    tokenizeTime = MethodRules.flag(tokenizeTime, false);
    distinguishableDate = MethodRules.flag(distinguishableDate, false);
    dateInClear = dateInClear == null ? DateInClear.NONE : dateInClear;
    if (distinguishableDate && dateInClear != DateInClear.NONE) {
      throw new InvalidMethodException(
          "distinguishableDate", "must be false unless dateInClear is NONE");
    }
  }

  @Override
  public String key() {
    return "dateTimeToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
