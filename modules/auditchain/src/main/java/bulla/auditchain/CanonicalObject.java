package bulla.auditchain;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object in the canonical form of RFC 8785: members in the order of their names by UTF-16
 * units, no white space, texts escaped as section 3.2.2.2 says.
 */
public final class CanonicalObject {
  /** Whole numbers beyond it have no exact form in JSON (RFC 8785, section 3.2.2.3). */
  private static final long LARGEST_NUMBER = (1L << 53) - 1;

  private final Map<String, String> members = new TreeMap<>();

  /** Adds a text; null leaves the member out. */
  public CanonicalObject put(String name, String text) {
    if (text != null) {
      members.put(name, CanonicalText.quoted(text));
    }
    return this;
  }

  /**
   * Adds a whole number.
   *
   * @throws IllegalArgumentException if JSON cannot hold it exactly
   */
  public CanonicalObject put(String name, long number) {
    members.put(name, number(name, number));
    return this;
  }

  /** Adds a value that has its canonical form already. */
  CanonicalObject putCanonical(String name, String value) {
    members.put(name, value);
    return this;
  }

  static String number(String name, long number) {
    if (Math.abs(number) > LARGEST_NUMBER) {
      throw new IllegalArgumentException(name + " is too large for a number in JSON: " + number);
    }
    return Long.toString(number);
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
          text.append(text.length() == 1 ? "" : ",")
              .append(CanonicalText.quoted(name))
              .append(':')
              .append(value);
        });
    return text.append('}').toString();
  }
}
