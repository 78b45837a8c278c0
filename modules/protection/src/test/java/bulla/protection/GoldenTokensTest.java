package bulla.protection;

import static bulla.protection.Keys.protection;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tokens that stored data depends on. A failure here is a new version of the construction: data
 * that was protected before can no longer be read. The key is 00 01 02 ... 1f.
 */
class GoldenTokensTest {
  @Test
  void tokensStayWhatTheyWere() throws Exception {
    var lines = new ArrayList<Golden>();
    for (var tokenizer : Keys.TOKENIZERS) {
      String options = tokenizer.name();
      for (boolean preserving : new boolean[] {true, false}) {
        AllowShort allowShort = preserving ? AllowShort.YES : null;
        String as = options + (preserving ? " preserving" : " longer");
        add(
            lines,
            as,
            new NumericToken(tokenizer, 0, 0, preserving, allowShort),
            "7",
            "42",
            "12345");
        add(
            lines,
            as + " 2 3",
            new NumericToken(tokenizer, 2, 3, preserving, allowShort),
            "4111-1111-1111-1111");
        if (tokenizer.block() == 3) {
          add(
              lines,
              as,
              new AlphaNumericToken(tokenizer, 0, 0, preserving, allowShort),
              "a",
              "Zz",
              "704-BBJ",
              "correctHorse9BatteryStaple");
          add(
              lines,
              as,
              new EmailToken(tokenizer, preserving, allowShort),
              "x@example.org",
              "john.smith@example.org");
        }
      }
      add(
          lines,
          options + " 6 1 invalidLuhnDigit",
          new CreditCardToken(tokenizer, 6, 1, true, null, null),
          "4111111111111111");
      add(
          lines,
          options + " letter 3",
          new CreditCardToken(tokenizer, 0, 0, null, true, 3),
          "4111111111111111");
    }
    add(
        lines,
        "plain",
        new FpeNumeric(null, null, null, null, null),
        "4111111111111111",
        "+49 30 1234567");
    add(lines, "2 2", new FpeNumeric(null, null, null, 2, 2), "4111111111111111");

    Golden.compare(lines, "golden-tokens.txt");
  }

  private static void add(
      List<Golden> lines, String options, ProtectionMethod method, String... values) {
    String label = method.key() + " " + options;
    var protection = protection(method);
    for (String value : values) {
      for (String iv : new String[] {"", "customers"}) {
        lines.add(new Golden(label, protection, iv, value));
      }
    }
  }
}
