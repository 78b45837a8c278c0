package bulla.protection;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How text is written in bytes, by the names of the published API. */
public enum TextEncoding {
  /** UTF-8. */
  UTF8(StandardCharsets.UTF_8),
  /** UTF-16, the lower byte first, without a byte order mark. */
  UTF16LE(StandardCharsets.UTF_16LE),
  /** UTF-16, the higher byte first, without a byte order mark. */
  UTF16BE(StandardCharsets.UTF_16BE);

  private final Charset charset;

  TextEncoding(Charset charset) {
    this.charset = charset;
  }

  Charset charset() {
    return charset;
  }
}
