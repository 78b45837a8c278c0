package bulla.fuzz;

import bulla.resilientpackage.envelope.PackageFuzz;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a fuzzer begins with, so that not all inputs are refused at once. */
final class Seeds {
  /** Whole values of several types. */
  static final List<String> VALUES =
      List.of(
          "0123456789",
          "4111111111111111",
          "Jane-Doe 42",
          "ANNA.SCHMIDT",
          "anna.schmidt@example.org",
          "2012-02-29",
          "29/02/2012",
          "2012-02-29T12:34:56.789",
          "-12.50",
          "-2147483648",
          "\u4E2D\u6587 \uD840\uDC00");

  private static final int ELEMENTS = 5;

  private Seeds() {}

  /** The inputs for a target. */
  static List<byte[]> of(String target) {
    return of(target, ELEMENTS);
  }

  private static List<byte[]> of(String target, int elements) {
    return switch (target) {
      case "package" -> List.of(PackageFuzz.seed());
      case "pem" -> List.of(ascii("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"));
      case "layout" ->
          List.of(ascii("a,b\r\n1,\"two\nlines\"\r\n"), ascii("{\"a\":\"x\",\"b\":[1.50,null]}\n"));
      case Targets.ANY -> ofAll();
      default -> values(elements);
    };
  }

  /** Those of every target for its first element alone, behind the byte that chooses it. */
  private static List<byte[]> ofAll() {
    var inputs = new ArrayList<byte[]>();
    byte which = 0;
    for (String target : Targets.byName().keySet()) {
      for (byte[] seed : of(target, 1)) {
        inputs.add(ByteBuffer.allocate(1 + seed.length).put(which).put(seed).array());
      }
      which++;
    }
    return inputs;
  }

  private static List<byte[]> values(int elements) {
    var inputs = new ArrayList<byte[]>();
    for (String value : VALUES) {
      for (int element = 0; element < elements; element++) {
        inputs.add(input(element, new byte[] {1, 2, 3}, true, text(value, true)));
        inputs.add(input(element, new byte[0], false, text(value, false)));
      }
    }
    return inputs;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A text as {@link Input#restAsText} reads it. */
  static byte[] text(String value, boolean wide) {
    return value.getBytes(wide ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
  }

  /** Which element, the length of the IV, the IV, the width of a character, the value. */
  static byte[] input(int element, byte[] iv, boolean wide, byte[] value) {
    var input = new byte[3 + iv.length + value.length];
    input[0] = (byte) element;
    input[1] = (byte) iv.length;
    System.arraycopy(iv, 0, input, 2, iv.length);
    input[2 + iv.length] = (byte) (wide ? 1 : 0);
    System.arraycopy(value, 0, input, 3 + iv.length, value.length);
    return input;
  }
}
