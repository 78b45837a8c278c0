package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * A value whose token is known: a line of a file of golden tokens.
 *
 * @param iv the external IV as text; null for a value of bytes, in hexadecimal, without one
 */
record Golden(String label, Protection element, String iv, String value) {
  /** The whole line, with the token that the element gives today. */
  String line() {
    return iv == null
        ? String.join(" | ", label, value, token())
        : String.join(" | ", label, iv, value, token());
  }

  private String token() {
    return iv == null
        ? HexFormat.of().formatHex(element.protect(HexFormat.of().parseHex(value)))
        : element.protect(value, ivBytes());
  }

  private String clear(String token) {
    return iv == null
        ? HexFormat.of().formatHex(element.unprotect(HexFormat.of().parseHex(token)))
        : element.unprotect(token, ivBytes());
  }

  boolean ofLargeTables() {
    return element.mostTableBytes() > 4_000_000;
  }

  private byte[] ivBytes() {
    return iv.getBytes(StandardCharsets.UTF_8);
  }

  void comesBack() {
    assertThat(clear(token())).as(label).isEqualTo(value);
  }

  /** The lines are those of the file, and the tokens there still give their values. */
  static void compare(List<Golden> lines, String file) throws IOException {
    compare(lines, file, line -> true);
  }

  /** The same of some lines. */
  static void compare(List<Golden> lines, String file, Predicate<Golden> some) throws IOException {
    String expected;
    try (var in = Golden.class.getResourceAsStream("/vectors/" + file)) {
      expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> known = expected.lines().toList();
    assertThat(lines).hasSameSizeAs(known);
    for (int i = 0; i < lines.size(); i++) {
      Golden golden = lines.get(i);
      if (!some.test(golden)) {
        continue;
      }
      String line = known.get(i);
      assertThat(golden.line()).isEqualTo(line);
      String token = line.substring(line.lastIndexOf(" | ") + 3);
      assertThat(golden.clear(token)).as(line).isEqualTo(golden.value);
    }
  }
}
