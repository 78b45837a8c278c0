package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.policy.UserNames;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks through JSON in UTF-8 (RFC 8259), each step asking for what must come next. Nothing is made
 * of what is only stepped over: a parser that makes every token of a large package takes half of
 * its first activation (ADR 32).
 *
 * <p>Where something else comes, it throws an {@link IllegalArgumentException}, or the exception of
 * the parser that it asks.
 */
final class JsonCursor {
  private static final ObjectReader TEXTS = StrictJson.mapper().readerFor(String.class);

  /** In bytes; the longest name that Jackson takes too. */
  private static final int LONGEST_TEXT = 50_000;

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

  /** The name of a member, whose value comes next. */
  String name() throws IOException {
    String name = text();
    step(':');
    return name;
  }

  /** A text of Unicode, of at most 50,000 bytes as it stands there. */
  String text() throws IOException {
    step('"');
    int from = at;
    while (at < end && isPlain(bytes[at])) {
      at++;
    }
    if (at < end && bytes[at] == '"') {
      requireLength(at - from);
      return new String(bytes, from, at++ - from, StandardCharsets.US_ASCII);
    }
    // Escapes and what is not ASCII are for a parser, which takes some bytes that are not UTF-8.
    at = endOfText(at);
    requireLength(at - from - 1);
    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, at - from));
    String text = TEXTS.readValue(bytes, from - 1, at - from + 1);
    if (!UserNames.isWellFormed(text)) {
      throw unexpected();
    }
    return text;
  }

  private static void requireLength(int length) {
    if (length > LONGEST_TEXT) {
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
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at - digits > 1 && bytes[digits] == '0') {
      throw unexpected();
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

  /** The object that comes next, as {@code parser} reads it. */
  <T> T object(ObjectReader parser, Class<T> type) throws IOException {
    Span span = skipObject();
    return parser.readValue(bytes, span.from, span.to - span.from, type);
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

  /** Where some text stands; equal to where the same bytes stand. */
  static final class Span {
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
