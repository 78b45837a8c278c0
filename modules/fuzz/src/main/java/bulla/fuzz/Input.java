package bulla.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes parts off the front of an input; behind its end there are zeros. */
final class Input {
  private final byte[] bytes;
  private int at;

  Input(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A number from 0 to {@code bound - 1}, at most 256. */
  int below(int bound) {
    return (at < bytes.length ? bytes[at++] & 0xff : 0) % bound;
  }

  /** Up to so many bytes. */
  byte[] bytes(int most) {
    int length = Math.min(Math.min(most, below(256)), bytes.length - at);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** All that is left. */
  byte[] rest() {
    int from = at;
    at = bytes.length;
    return Arrays.copyOfRange(bytes, from, at);
  }

  /** All that is left as text: each byte a character, or pairs of them one, so that all occur. */
  String restAsText() {
    boolean wide = below(2) == 1;
    return new String(rest(), wide ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
  }
}
