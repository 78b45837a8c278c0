package bulla.protection;

import java.util.BitSet;

/** Tokens of the symbols of an alphabet of code points; others are delimiters and stay. */
final class CodePointTokens implements TextProtection {
  private final CodePoints alphabet;
  private final SymbolPermutation cipher;
  private final boolean lengthPreserving;
  private final AllowShort allowShort;
  private final ClearEnds ends;
  private final LongerText longer;

  CodePointTokens(CodePoints alphabet, SymbolPermutation cipher, UnicodeGen2Token method) {
    this.alphabet = alphabet;
    this.cipher = cipher;
    this.lengthPreserving = method.lengthPreserving();
    this.allowShort = method.allowShort();
    this.ends = new ClearEnds(method.fromLeft(), method.fromRight());
    this.longer = lengthPreserving ? null : new LongerText(cipher.radix(), cipher.block());
  }

  @Override
  public String protect(String clear, byte[] externalIv) {
    return convert(clear, externalIv, true);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    return convert(token, externalIv, false);
  }

  private String convert(String value, byte[] externalIv, boolean protect) {
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (value.isEmpty()) {
      return value;
    }
    Utf8.requirePairs(value);
    if (!ends.fit(value)) {
      return tooShort(value, "It has fewer characters than stay clear.");
    }
    int start = ends.start(value);
    int end = ends.end(value);
    Scratch scratch = scratch(value, start, end, protect);
    try {
      int count = collect(value, start, end, scratch.numerals);
      boolean wholeBlock = lengthPreserving ? allowShort != AllowShort.YES : !protect;
      int least = wholeBlock ? cipher.block() : 1;
      if (count < least) {
        return tooShort(value, "It needs " + least + " symbols of its alphabet.");
      }
      int others = replace(scratch.numerals, count, ends.iv(value, externalIv), protect);
      return distribute(value, start, end, scratch.numerals, count, others, scratch.characters);
    } finally {
      // Each char may have become two.
      scratch.wipe(Math.min(value.length(), Scratch.LENGTH) * 2);
    }
  }

  /** Working arrays with room for the value and its result; fails where it is too long. */
  private Scratch scratch(String value, int start, int end, boolean protect) {
    // A symbol may take a char more than the one before it; GROWTH is for those that are new.
    if (value.length() <= Scratch.LENGTH / 2) {
      return Scratch.own();
    }
    int count = alphabet.count(value, start, end);
    int most = protect && !lengthPreserving ? longer.maxLength() : SymbolCipher.MAX_LENGTH;
    if (count > most) {
      throw TokenFailures.tooLong("It may have " + most + " symbols of its alphabet.");
    }
    int more = lengthPreserving ? 0 : longer.mostMore();
    return Scratch.of(value.length() + count + 2 * more, count + more);
  }

  private int collect(String value, int start, int end, int[] symbols) {
    int count = 0;
    for (int i = start; i < end; ) {
      int point = value.codePointAt(i);
      int number = alphabet.number(point);
      if (number >= 0) {
        symbols[count++] = number;
      }
      i += Character.charCount(point);
    }
    return count;
  }

  /** Replaces the symbols; returns how many there are then. */
  private int replace(int[] symbols, int count, byte[] iv, boolean protect) {
    if (protect) {
      int length = lengthPreserving ? count : longer.encode(symbols, count);
      cipher.encrypt(symbols, length, iv);
      return length;
    }
    cipher.decrypt(symbols, count, iv);
    int clear = lengthPreserving ? count : longer.decode(symbols, count);
    if (clear == 0) {
      throw notAToken();
    }
    return clear;
  }

  /**
   * As {@link SymbolTokens} does, of code points.
   *
   * @param count how many symbols the value has there
   * @param others how many it gets
   */
  private String distribute(
      String value, int start, int end, int[] symbols, int count, int others, char[] into) {
    value.getChars(0, start, into, 0);
    int from = start;
    int to = start;
    int next = 0;
    while (next < Math.min(count, others)) {
      int point = value.codePointAt(from);
      from += Character.charCount(point);
      int written = alphabet.number(point) < 0 ? point : alphabet.codePoint(symbols[next++]);
      to += Character.toChars(written, into, to);
    }
    for (; next < others; next++) {
      to += Character.toChars(alphabet.codePoint(symbols[next]), into, to);
    }
    for (int more = count - others; more > 0; more--) {
      if (from >= end || alphabet.number(value.codePointAt(from)) < 0) {
        throw notAToken();
      }
      from += Character.charCount(value.codePointAt(from));
    }
    value.getChars(from, value.length(), into, to);
    return new String(into, 0, to + value.length() - from);
  }

  private static ProtectionException notAToken() {
    return TokenFailures.notValid("It is not a token of this data element.");
  }

  private String tooShort(String value, String because) {
    if (allowShort == AllowShort.NO_RETURN_INPUT) {
      return value;
    }
    throw TokenFailures.tooShort(because);
  }

  @Override
  public BitSet protectedPositions(String clear) {
    int[] characters = clear.codePoints().toArray();
    boolean fit = ends.fit(clear);
    int start = fit ? ends.fromLeft() : 0;
    int end = fit ? characters.length - ends.fromRight() : characters.length;
    var positions = new BitSet();
    for (int i = start; i < end; i++) {
      positions.set(i, alphabet.number(characters[i]) >= 0);
    }
    return positions;
  }
}
