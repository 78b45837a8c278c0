package bulla.resilientpackage.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url without padding (RFC 7515 section 2), of which each byte string has exactly one text:
 * the bits that are left over in the last character must be zero.
 */
public final class CanonicalBase64Url {
  private static final byte[] VALUES = new byte[256];
  private static final Base64.Decoder PLATFORM = Base64.getUrlDecoder();

  /** Short enough that a text of some megabytes is decoded by compiled code. */
  private static final int SLICE = 1024;

  private static final int SLICE_BYTES = SLICE / 4 * 3;

  static {
    Arrays.fill(VALUES, (byte) -1);
    byte[] alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < alphabet.length; i++) {
      VALUES[alphabet[i]] = (byte) i;
    }
  }

  private CanonicalBase64Url() {}

  /** The one text of some bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException when it is not the one text of any bytes; the message shows
   *     nothing of it
   */
  public static byte[] decode(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    return decode(ascii, 0, ascii.length);
  }

  /** The bytes of the ASCII text in {@code text} from {@code from} to before {@code to}. */
  public static byte[] decode(byte[] text, int from, int to) {
    var bytes = new byte[decodedLength(to - from)];
    boolean canonical = false;
    try {
      decodeInto(text, from, to, bytes, 0);
      canonical = true;
    } finally {
      if (!canonical) {
        // It may be the greater part of a key.
        Arrays.fill(bytes, (byte) 0);
      }
    }
    return bytes;
  }

  /** How many bytes a text of so many characters stands for. */
  public static int decodedLength(int characters) {
    int rest = characters % 4;
    if (rest == 1) {
      throw notCanonical();
    }
    return characters / 4 * 3 + (rest == 0 ? 0 : rest - 1);
  }

  /**
   * Writes what {@link #decode(byte[], int, int)} returns to {@code target}, from {@code start} on;
   * over the text itself where {@code target} is {@code text} and {@code start} is {@code from}.
   */
  public static void decodeInto(byte[] text, int from, int to, byte[] target, int start) {
    int rest = (to - from) % 4;
    int slices = (to - from - rest) / SLICE;
    decodeSlices(text, from, slices, target, start);
    int at = from + slices * SLICE;
    int next = start + slices * SLICE_BYTES;
    for (int whole = to - rest; at < whole; at += 4) {
      int block =
          VALUES[text[at] & 0xff] << 18
              | VALUES[text[at + 1] & 0xff] << 12
              | VALUES[text[at + 2] & 0xff] << 6
              | VALUES[text[at + 3] & 0xff];
      // What is not of the alphabet is negative, and so is whatever it is combined with.
      if (block < 0) {
        throw notCanonical();
      }
      target[next++] = (byte) (block >> 16);
      target[next++] = (byte) (block >> 8);
      target[next++] = (byte) block;
    }
    if (rest == 2) {
      int block = value(text[at]) << 6 | value(text[at + 1]);
      requireZero(block & 0b1111);
      target[next] = (byte) (block >> 4);
    } else if (rest == 3) {
      int block = value(text[at]) << 12 | value(text[at + 1]) << 6 | value(text[at + 2]);
      requireZero(block & 0b11);
      target[next++] = (byte) (block >> 10);
      target[next] = (byte) (block >> 2);
    } else if (rest == 1) {
      throw notCanonical();
    }
  }

  /** By the platform, whose compiled code takes whole vectors, but which takes padding too. */
  private static void decodeSlices(byte[] text, int from, int slices, byte[] target, int start) {
    if (slices == 0) {
      return;
    }
    var characters = new byte[SLICE];
    var bytes = new byte[SLICE_BYTES];
    try {
      for (int i = 0; i < slices; i++) {
        System.arraycopy(text, from + i * SLICE, characters, 0, SLICE);
        if (decoded(characters, bytes) < SLICE_BYTES) {
          throw notCanonical();
        }
        System.arraycopy(bytes, 0, target, start + i * SLICE_BYTES, SLICE_BYTES);
      }
    } finally {
      Arrays.fill(characters, (byte) 0);
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static int decoded(byte[] characters, byte[] bytes) {
    try {
      return PLATFORM.decode(characters, bytes);
    } catch (IllegalArgumentException e) {
      // Its message shows a character.
      throw notCanonical();
    }
  }

  private static int value(byte character) {
    int value = VALUES[character & 0xff];
    if (value < 0) {
      throw notCanonical();
    }
    return value;
  }

  private static void requireZero(int leftOver) {
    if (leftOver != 0) {
      throw notCanonical();
    }
  }

  private static IllegalArgumentException notCanonical() {
    return new IllegalArgumentException("Not canonical base64url");
  }
}
