package bulla.protection;

import java.util.Locale;

/**
 * Tokens of dates from 0600-01-01 to 3337-11-27: a valid date in the same notation. Days before
 * 1582-10-15 are those of the Julian calendar, the others of the Gregorian one. Deprecated by the
 * published API in favour of {@link DateTimeToken}.
 *
 * @param tokenizer any of SLT_1_3, SLT_2_3 (when absent), SLT_1_6 and SLT_2_6
 * @param format YYYY-MM-DD (when absent), DD/MM/YYYY or MM.DD.YYYY, in any case: the order; the
 *     separator of a value is a full stop, slash or hyphen, the same in both places, and stays
 */
public record DateToken(Tokenizer tokenizer, String format) implements ProtectionMethod {
  public DateToken {
    tokenizer = MethodRules.anyTokenizer(tokenizer);
    format = format == null ? "YYYY-MM-DD" : format.toUpperCase(Locale.ROOT);
    if (!format.equals("YYYY-MM-DD")
        && !format.equals("DD/MM/YYYY")
        && !format.equals("MM.DD.YYYY")) {
      throw new InvalidMethodException("format", "must be YYYY-MM-DD, DD/MM/YYYY or MM.DD.YYYY");
    }
  }

  @Override
  public String key() {
    return "dateToken";
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return true;
  }
}
