package bulla.identity.saml;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of HTTP/1.1 (RFC 9112), read within bounds. */
final class HttpAnswer {
  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_LINE = 8192;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  /** The document, without the framing. */
  byte[] body() {
    return body.clone();
  }

  boolean isRedirect() {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  Optional<String> location() {
    return Optional.ofNullable(headers.get("location"));
  }

  /**
   * Reads an answer to GET.
   *
   * @param largest bytes of the body
   * @return nothing where the answer is larger or not HTTP/1.1
   */
  static Optional<HttpAnswer> read(InputStream in, int largest) throws IOException {
    try {
      Matcher status = STATUS.matcher(line(in));
      if (!status.matches()) {
        return Optional.empty();
      }
      Map<String, String> headers = headers(in);
      var answer = new HttpAnswer(Integer.parseInt(status.group(1)), headers, new byte[0]);
      // Nobody reads the body of a redirect or a failure.
      return Optional.of(
          answer.status == 200
              ? new HttpAnswer(answer.status, headers, body(in, headers, largest))
              : answer);
    } catch (OutOfBounds refused) {
      return Optional.empty();
    }
  }

  private static byte[] body(InputStream in, Map<String, String> headers, int largest)
      throws IOException {
    String coding = headers.getOrDefault("transfer-encoding", "");
    if (!headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")) {
      throw new OutOfBounds();
    }
    if (coding.equalsIgnoreCase("chunked")) {
      return chunks(in, largest);
    }
    if (!coding.isEmpty()) {
      throw new OutOfBounds();
    }
    String length = headers.get("content-length");
    if (length == null) {
      byte[] body = in.readNBytes(largest + 1);
      if (body.length > largest) {
        throw new OutOfBounds();
      }
      return body;
    }
    return exactly(in, number(length, 10, largest));
  }

  private static byte[] chunks(InputStream in, int largest) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = number(line(in).split(";", 2)[0].strip(), 16, largest - body.size());
      if (size == 0) {
        return body.toByteArray();
      }
      body.writeBytes(exactly(in, size));
      if (!line(in).isEmpty()) {
        throw new OutOfBounds();
      }
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (int i = 0; i < MOST_HEADERS; i++) {
      String line = line(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new OutOfBounds();
      }
      headers.putIfAbsent(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    throw new OutOfBounds();
  }

  private static int number(String text, int radix, int largest) {
    // Ten digits could overflow an int; no document within bounds needs as many.
    if (!text.matches("[0-9A-Fa-f]{1,9}")) {
      throw new OutOfBounds();
    }
    try {
      long number = Long.parseLong(text, radix);
      if (number <= largest) {
        return (int) number;
      }
    } catch (NumberFormatException notInThisRadix) {
      throw new OutOfBounds();
    }
    throw new OutOfBounds();
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  /** A line without its end. */
  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (line.size() == LONGEST_LINE) {
        throw new OutOfBounds();
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Larger than allowed, or not HTTP/1.1. */
  private static final class OutOfBounds extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfBounds() {
      super(null, null, false, false);
    }
  }
}
