package bulla.auditchain;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object of texts and whole numbers in the canonical form of RFC 8785: members in the order
 * of their names by UTF-16 units, no white space, texts escaped as section 3.2.2.2 says.
 */
public final class CanonicalObject {
  /** Whole numbers beyond it have no exact form in JSON (RFC 8785, section 3.2.2.3). */
  private static final long LARGEST_NUMBER = (1L << 53) - 1;

  private final Map<String, String> members = new TreeMap<>();

  /** Adds a text; null leaves the member out. */
  public CanonicalObject put(String name, String text) {
    if (text != null) {
      members.put(name, quoted(text));
    }
    return this;
  }

  /**
   * Adds a whole number.
   *
   * @throws IllegalArgumentException if JSON cannot hold it exactly
   */
  public CanonicalObject put(String name, long number) {
    if (Math.abs(number) > LARGEST_NUMBER) {
      throw new IllegalArgumentException(name + " is too large for a number in JSON: " + number);
    }
    members.put(name, Long.toString(number));
    return this;
  }

  /** The object's canonical form as UTF-8. */
  public byte[] utf8() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The object's canonical form. */
  @Override
  public String toString() {
    var text = new StringBuilder("{");
    members.forEach(
        (name, value) -> {
          text.append(text.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value);
        });
    return text.append('}').toString();
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\t' -> quoted.append("\\t");
        case '\n' -> quoted.append("\\n");
        case '\f' -> quoted.append("\\f");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (unit < 0x20) {
            quoted.append("\\u00").append(unit < 0x10 ? "0" : "1").append(hex(unit & 0xf));
          } else if (Character.isSurrogate(unit)) {
            i = appendPair(text, i, quoted);
          } else {
            quoted.append(unit);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** RFC 8785, section 3.2.2.2: an unpaired surrogate has no canonical form. */
  private static int appendPair(String text, int at, StringBuilder quoted) {
    if (at + 1 == text.length()
        || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
      throw new IllegalArgumentException("A text with an unpaired surrogate has no canonical form");
    }
    quoted.append(text, at, at + 2);
    return at + 1;
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }
}
