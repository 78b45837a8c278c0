package bulla.protection;

/** UTF-8 (RFC 3629) of values, in arrays that are there: the platform's way makes its own. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes a code point takes. */
  static int length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** How many bytes the chars from {@code from} to {@code to} take. */
  static int length(String text, int from, int to) {
    int length = 0;
    for (int i = from; i < to; ) {
      int point = text.codePointAt(i);
      length += length(orQuestionMark(point));
      i += Character.charCount(point);
    }
    return length;
  }

  /**
   * Puts the bytes of these chars into an array, which has room for them, from {@code at} on; as
   * {@link String#getBytes(java.nio.charset.Charset)} does, half of a surrogate pair as a question
   * mark.
   */
  static void encode(String text, int from, int to, byte[] into, int at) {
    int next = at;
    for (int i = from; i < to; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int written = orQuestionMark(point);
      int length = length(written);
      if (length == 1) {
        into[next++] = (byte) written;
        continue;
      }
      // As many ones as there are bytes, and a zero.
      into[next++] = (byte) (0xff00 >> length | written >> (6 * (length - 1)));
      for (int shift = 6 * (length - 2); shift >= 0; shift -= 6) {
        into[next++] = (byte) (0x80 | ((written >> shift) & 0x3f));
      }
    }
  }

  /**
   * Refuses half of a surrogate pair: in bytes it would become a question mark, and beside a
   * token's symbol above U+FFFF it could become a whole one, and change its place.
   */
  static void requirePairs(String text) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (isSurrogate(point)) {
        throw TokenFailures.notValid("It holds half of a surrogate pair.");
      }
      i += Character.charCount(point);
    }
  }

  /**
   * Puts the chars of the first {@code count} bytes into an array, which has room for as many.
   *
   * @return how many they are, or -1 when the bytes are not UTF-8
   */
  static int decode(byte[] bytes, int count, char[] into) {
    int chars = 0;
    for (int i = 0; i < count; ) {
      int first = bytes[i] & 0xff;
      int length = lengthFrom(first);
      if (length == 0 || length > count - i) {
        return -1;
      }
      int point = length == 1 ? first : first & (0x7f >> length);
      for (int end = i++ + length; i < end; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
          return -1;
        }
        point = point << 6 | (bytes[i] & 0x3f);
      }
      if (length(point) != length || isSurrogate(point) || point > Character.MAX_CODE_POINT) {
        return -1;
      }
      chars += Character.toChars(point, into, chars);
    }
    return chars;
  }

  /** How many bytes begin with this one; 0 where none do. */
  private static int lengthFrom(int first) {
    if (first < 0x80) {
      return 1;
    }
    return first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static int orQuestionMark(int codePoint) {
    return isSurrogate(codePoint) ? '?' : codePoint;
  }
}
