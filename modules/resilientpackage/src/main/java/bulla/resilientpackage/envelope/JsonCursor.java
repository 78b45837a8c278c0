package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.CanonicalBase64Url;
import bulla.resilientpackage.policy.UserNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Walks through JSON in UTF-8 (RFC 8259), each step asking for what must come next. Nothing is made
 * of what is only stepped over: a parser that makes every token of a large package takes half of
 * its first activation (ADR 32).
 *
 * <p>Where something else comes, it throws an {@link IllegalArgumentException}, and for bytes that
 * are not UTF-8 a {@link java.nio.charset.CharacterCodingException}.
 */
final class JsonCursor {
  /** In bytes. */
  private static final int LONGEST_TEXT = 50_000;

  private static final int HEX_DIGITS = 4;

  /** Of a number that is less than 2^63 whatever they are. */
  private static final int MOST_DIGITS = 18;

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean first;

  /** At the beginning of {@code json}, which has an array. */
  JsonCursor(ByteBuffer json) {
    this.bytes = json.array();
    this.at = json.arrayOffset() + json.position();
    this.end = json.arrayOffset() + json.limit();
  }

  /** Whether the next byte is this one, without white space before it. */
  boolean isAt(char character) {
    return at < end && bytes[at] == character;
  }

  /** Enters the array or object that begins with {@code bracket}. */
  void enter(char bracket) {
    step(bracket);
    first = true;
  }

  /** Whether another element or member follows; if not, it leaves by {@code bracket}. */
  boolean hasNext(char bracket) {
    boolean wasFirst = first;
    first = false;
    if (stepIf(bracket)) {
      return false;
    }
    if (!wasFirst) {
      step(',');
    }
    return true;
  }

  /**
   * What {@link #skipPlainName} asks for; empty where the name has characters that can be written
   * in several ways.
   */
  static byte[] plainName(String name) {
    byte[] text = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
    for (int i = 1; i < text.length - 2; i++) {
      if (!isPlain(text[i])) {
        return new byte[0];
      }
    }
    return text;
  }

  /** Steps over the name of a member if it is this one, in the form in which it is written. */
  boolean skipPlainName(byte[] plainName) {
    int to = at + plainName.length;
    if (plainName.length == 0
        || to > end
        || !Arrays.equals(bytes, at, to, plainName, 0, plainName.length)) {
      return false;
    }
    at = to;
    return true;
  }

  /** The name of a member, whose value comes next. */
  String name() throws IOException {
    String name = text();
    step(':');
    return name;
  }

  /** A text of Unicode, of at most 50,000 bytes as it stands there. */
  String text() throws IOException {
    return text(LONGEST_TEXT);
  }

  /** A text of Unicode, of at most {@code longest} bytes as it stands there. */
  String text(int longest) throws IOException {
    step('"');
    int from = at;
    while (at < end && isPlain(bytes[at])) {
      at++;
    }
    if (at < end && bytes[at] == '"') {
      requireLength(at - from, longest);
      return new String(bytes, from, at++ - from, StandardCharsets.US_ASCII);
    }
    at = endOfText(at);
    int length = at - 1 - from;
    requireLength(length, longest);
    CharBuffer characters =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
    String text = unescaped(characters);
    if (!UserNames.isWellFormed(text)) {
      throw unexpected();
    }
    return text;
  }

  /** Without the escapes of RFC 8259 section 7; a control character without one is refused. */
  private static String unescaped(CharBuffer characters) {
    var text = new StringBuilder(characters.length());
    while (characters.hasRemaining()) {
      char character = characters.get();
      if (character < ' ') {
        throw unexpected();
      }
      text.append(character == '\\' ? escaped(characters) : character);
    }
    return text.toString();
  }

  /** What stands behind a backslash, of which there is at least one character. */
  private static char escaped(CharBuffer characters) {
    char letter = characters.get();
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal(characters);
      default -> throw unexpected();
    };
  }

  private static char hexadecimal(CharBuffer characters) {
    if (characters.remaining() < HEX_DIGITS) {
      throw unexpected();
    }
    int value = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      value = value << 4 | HexFormat.fromHexDigit(characters.get());
    }
    return (char) value;
  }

  /** The bytes whose base64url a text is, without a copy of it. */
  byte[] base64Url() {
    step('"');
    int from = at;
    at = endOfText(at);
    return CanonicalBase64Url.decode(bytes, from, at - 1);
  }

  /**
   * Where the name of a member stands that is ASCII without escapes, whose value comes next; null,
   * and nothing is stepped over, where another name comes.
   */
  Span plainNameOrNull() {
    step('"');
    int from = at;
    int to = from;
    while (to < end && isPlain(bytes[to])) {
      to++;
    }
    if (to == end || bytes[to] != '"') {
      at = from - 1;
      return null;
    }
    requireLength(to - from, LONGEST_TEXT);
    at = to + 1;
    step(':');
    return new Span(bytes, from, to);
  }

  private static void requireLength(int length, int longest) {
    if (length > longest) {
      throw unexpected();
    }
  }

  /** A whole number. */
  long number() {
    skipSpace();
    int from = at;
    if (at < end && bytes[at] == '-') {
      at++;
    }
    int digits = at;
    long number = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      number = 10 * number + bytes[at++] - '0';
    }
    if (at - digits > 1 && bytes[digits] == '0') {
      throw unexpected();
    }
    if (at > digits && at - digits <= MOST_DIGITS) {
      return digits == from ? number : -number;
    }
    return Long.parseLong(new String(bytes, from, at - from, StandardCharsets.US_ASCII));
  }

  /** True or false. */
  boolean truth() {
    skipSpace();
    boolean truth = at < end && bytes[at] == 't';
    for (byte letter : (truth ? "true" : "false").getBytes(StandardCharsets.US_ASCII)) {
      if (at == end || bytes[at++] != letter) {
        throw unexpected();
      }
    }
    return truth;
  }

  /** Steps over an object whose text is not checked. */
  Span skipObject() {
    step('{');
    int from = at - 1;
    int next = at;
    for (int depth = 1; depth > 0; ) {
      if (next == end) {
        throw unexpected();
      }
      switch (bytes[next++]) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '"' -> next = endOfText(next);
        default -> {}
      }
    }
    at = next;
    return new Span(bytes, from, next);
  }

  /** Goes back to the beginning of what was stepped over. */
  void moveTo(Span span) {
    at = span.from;
  }

  /** Asks that nothing but white space is left. */
  void requireEnd() {
    skipSpace();
    if (at < end) {
      throw unexpected();
    }
  }

  /** Behind the quote that ends the text in which {@code next} is. */
  private int endOfText(int next) {
    while (next < end) {
      byte character = bytes[next++];
      if (character == '"') {
        return next;
      }
      if (character == '\\') {
        next++;
      }
    }
    throw unexpected();
  }

  private void step(char wanted) {
    if (!stepIf(wanted)) {
      throw unexpected();
    }
  }

  private boolean stepIf(char wanted) {
    skipSpace();
    if (at < end && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  /** Bytes of characters that are not ASCII are negative. */
  private static boolean isPlain(byte character) {
    return character >= ' ' && character != '"' && character != '\\';
  }

  private static IllegalArgumentException unexpected() {
    return new IllegalArgumentException("Not the JSON that is wanted");
  }

  /**
   * Where some text stands; equal to where the same bytes stand. In an order, so that a map finds
   * one of many with the same checksum, which whoever writes them can choose, as soon as any other.
   */
  static final class Span implements Comparable<Span> {
    private final byte[] bytes;
    private final int from;
    private final int to;

    private Span(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Span span
          && Arrays.equals(bytes, from, to, span.bytes, span.from, span.to);
    }

    @Override
    public int compareTo(Span other) {
      return Arrays.compare(bytes, from, to, other.bytes, other.from, other.to);
    }

    /** A view of the bytes. */
    ByteBuffer text() {
      return ByteBuffer.wrap(bytes, from, to - from);
    }

    /** By the one checksum that the processor computes also for code that is not yet compiled. */
    @Override
    public int hashCode() {
      var checksum = new CRC32();
      checksum.update(bytes, from, to - from);
      return (int) checksum.getValue();
    }

    /** Not the text, which may hold keys. */
    @Override
    public String toString() {
      return "Span[" + from + ", " + to + "]";
    }
  }
}
