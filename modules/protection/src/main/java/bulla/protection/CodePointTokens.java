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
    requirePairs(value);
    if (!ends.fit(value)) {
      return tooShort(value, "It has fewer characters than stay clear.");
    }
    int[] characters = value.codePoints().toArray();
    int start = ends.fromLeft();
    int end = characters.length - ends.fromRight();
    var symbols = new int[lengthPreserving ? end - start : longer.longerLength(end - start)];
    int count = 0;
    for (int i = start; i < end; i++) {
      int number = alphabet.number(characters[i]);
      if (number >= 0) {
        symbols[count++] = number;
      }
    }
    int most = protect && !lengthPreserving ? longer.maxLength() : SymbolCipher.MAX_LENGTH;
    if (count > most) {
      throw TokenFailures.tooLong("It may have " + most + " symbols of its alphabet.");
    }
    boolean wholeBlock = lengthPreserving ? allowShort != AllowShort.YES : !protect;
    int least = wholeBlock ? cipher.block() : 1;
    if (count < least) {
      return tooShort(value, "It needs " + least + " symbols of its alphabet.");
    }
    byte[] iv = ends.iv(value, externalIv);
    if (!lengthPreserving) {
      return protect
          ? longer(characters, start, end, symbols, count, iv)
          : shorter(characters, start, end, symbols, count, iv);
    }
    if (protect) {
      cipher.encrypt(symbols, count, iv);
    } else {
      cipher.decrypt(symbols, count, iv);
    }
    distribute(characters, start, end, symbols, count);
    return new String(characters, 0, characters.length);
  }

  private String longer(int[] characters, int start, int end, int[] symbols, int count, byte[] iv) {
    int length = longer.encode(symbols, count);
    cipher.encrypt(symbols, length, iv);
    int behindLast = distribute(characters, start, end, symbols, count);
    var result = new StringBuilder().append(new String(characters, 0, behindLast));
    for (int i = count; i < length; i++) {
      result.appendCodePoint(alphabet.codePoint(symbols[i]));
    }
    return result
        .append(new String(characters, behindLast, characters.length - behindLast))
        .toString();
  }

  private String shorter(
      int[] characters, int start, int end, int[] symbols, int count, byte[] iv) {
    cipher.decrypt(symbols, count, iv);
    int clear = longer.decode(symbols, count);
    if (clear == 0) {
      throw TokenFailures.notValid("It is not a token of this data element.");
    }
    int behindLast = distribute(characters, start, end, symbols, clear);
    int more = count - clear;
    for (int i = behindLast; i < behindLast + more; i++) {
      if (i >= end || alphabet.number(characters[i]) < 0) {
        throw TokenFailures.notValid("It is not a token of this data element.");
      }
    }
    int from = behindLast + more;
    return new String(characters, 0, behindLast)
        + new String(characters, from, characters.length - from);
  }

  /** As {@link SymbolTokens} does, of code points. */
  private int distribute(int[] characters, int start, int end, int[] symbols, int count) {
    int next = 0;
    int behindLast = start;
    for (int i = start; i < end && next < count; i++) {
      if (alphabet.number(characters[i]) >= 0) {
        characters[i] = alphabet.codePoint(symbols[next++]);
        behindLast = i + 1;
      }
    }
    return behindLast;
  }

  // Beside a token's symbol above U+FFFF half a pair could become a whole one, and change its
  // place.
  private static void requirePairs(String value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (Character.isHighSurrogate(character)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(character)) {
        throw TokenFailures.notValid("It holds half of a surrogate pair.");
      }
    }
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
