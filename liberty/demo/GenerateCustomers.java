import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes the demonstration's sample data: {@code java GenerateCustomers.java > customers.csv}. Every
 * row is generated and says so; nobody in it exists. The generator is seeded, so the file is the same
 * every time.
 */
public final class GenerateCustomers {
  private static final int ROWS = 1000;
  private static final Random RANDOM = new Random(20_260_101L);

  private static final List<String> FIRST_NAMES =
      List.of(
          "Ana", "Bjørn", "Céline", "Dörte", "Émile", "Fatıma", "Gülşen", "Håkon", "Inês", "José",
          "Karla", "Łukasz", "María", "Noël", "Oğuz", "Päivi", "Quentin", "Renée", "Søren", "Tomáš",
          "Ursula", "Věra", "William", "Ximena", "Yıldız", "Zoë");
  private static final List<String> LAST_NAMES =
      List.of(
          "Ångström", "Béranger", "Çelik", "Dvořák", "Eriksson", "Fernández", "Grünwald", "Hansen",
          "Ibáñez", "Jørgensen", "Kowalski", "Lefèvre", "Müller", "Novák", "O'Brien", "Peña",
          "Quist", "Rossi", "Smith-Jones", "Třebický", "Ünal", "van den Berg", "Wójcik", "Zieliński");
  private static final List<String> REMARKS =
      List.of(
          "",
          "prefers e-mail",
          "calls back after 17:00, never on Fridays",
          "said \"send it again\", then hung up",
          "moved house; new address, same phone",
          "asked for a quote: \"10, 20 or 50 units\"",
          "VIP",
          "");

  private GenerateCustomers() {}

  public static void main(String[] arguments) throws IOException {
    try (var out = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
      out.print("customer_id,name,email,card,phone,birth_date,balance,remark,origin\n");
      for (int row = 0; row < ROWS; row++) {
        out.print(row(row));
      }
    }
  }

  private static String row(int number) {
    String first = pick(FIRST_NAMES);
    String last = pick(LAST_NAMES);
    return String.join(
            ",",
            String.format(Locale.ROOT, "%08d", 10_000_000 + number * 7919),
            field(first + " " + last),
            number % 37 == 5 ? "" : email(first, last, number),
            number % 41 == 7 ? "" : card(),
            number % 29 == 3 ? "" : phone(),
            LocalDate.of(1940, 1, 1).plusDays(RANDOM.nextInt(24_000)).toString(),
            String.format(Locale.ROOT, "%.2f", RANDOM.nextInt(2_000_000) / 100.0 - 5000),
            field(pick(REMARKS)),
            "generated sample data")
        + "\n";
  }

  private static String email(String first, String last, int number) {
    String local = ascii(first) + "." + ascii(last) + number;
    return local.toLowerCase(Locale.ROOT) + "@" + pick(List.of("example.com", "example.org", "mail.example.net"));
  }

  private static String ascii(String name) {
    return name.replaceAll("[^A-Za-z]", "");
  }

  /** 15 or 16 digits with a right Luhn digit behind the prefixes of published test numbers. */
  private static String card() {
    String prefix = pick(List.of("400000", "411111", "510510", "555555", "222300", "378282"));
    int length = prefix.startsWith("37") ? 15 : 16;
    var digits = new StringBuilder(prefix);
    while (digits.length() < length - 1) {
      digits.append(RANDOM.nextInt(10));
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = digit * 2;
      sum += i % 2 == 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
    }
    return digits.append((10 - sum % 10) % 10).toString();
  }

  private static String phone() {
    String digits = String.format(Locale.ROOT, "%07d", RANDOM.nextInt(10_000_000));
    String head = digits.substring(0, 3);
    String tail = digits.substring(3);
    return switch (RANDOM.nextInt(4)) {
      case 0 -> "+1 555 " + head + " " + tail;
      case 1 -> "(0555) " + head + "-" + tail;
      case 2 -> "00 49 30/" + head + tail;
      default -> "555." + head + "." + tail;
    };
  }

  private static String field(String text) {
    return text.contains(",") || text.contains("\"")
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }

  private static <T> T pick(List<T> from) {
    return from.get(RANDOM.nextInt(from.size()));
  }
}
