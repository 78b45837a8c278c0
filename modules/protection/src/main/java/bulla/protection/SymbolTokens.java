package bulla.protection;

import java.util.BitSet;

/**
 * Tokens of the symbols of a text: symbols are replaced, delimiters stay in place. Where length is
 * not preserved, the symbols that a token has more follow directly behind its last replaced symbol.
 */
final class SymbolTokens implements TextProtection {
  private final SymbolCipher cipher;
  private final Alphabet alphabet;
  private final boolean lengthPreserving;
  private final AllowShort allowShort;
  private final ClearEnds ends;
  private final LongerText longer;

  SymbolTokens(
      SymbolCipher cipher,
      boolean lengthPreserving,
      AllowShort allowShort,
      int fromLeft,
      int fromRight) {
    this.cipher = cipher;
    this.alphabet = cipher.alphabet();
    this.lengthPreserving = lengthPreserving;
    this.allowShort = allowShort;
    this.ends = new ClearEnds(fromLeft, fromRight);
    this.longer = lengthPreserving ? null : new LongerText(alphabet.size(), cipher.block());
  }

  @Override
  public String protect(String clear, byte[] externalIv) {
    return convert(clear, externalIv, true);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    return convert(token, externalIv, false);
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return ends.positionsBetween(clear, alphabet);
  }

  @Override
  public void protectAll(String[] clear, byte[] externalIv, BulkResult<String> result) {
    convertAll(clear, externalIv, result, true);
  }

  @Override
  public void unprotectAll(String[] tokens, byte[] externalIv, BulkResult<String> result) {
    convertAll(tokens, externalIv, result, false);
  }

  /**
   * Values with the same number of symbols go through the tables together; on their own go all
   * others, those that are left over, and all where clear ends give every value another IV.
   */
  private void convertAll(
      String[] values, byte[] externalIv, BulkResult<String> result, boolean protect) {
    boolean together =
        lengthPreserving
            && ends.none()
            && values.length >= SymbolCipher.LANES
            && externalIv.length <= TokenFailures.MAX_IV;
    if (!together) {
      for (int i = 0; i < values.length; i++) {
        result.convert(i, values[i], v -> convert(v, externalIv, protect));
      }
      return;
    }
    var lanes = new Lanes();
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      int length = value == null ? 0 : value.length();
      if (length == 0 || length > Lanes.MAX_LENGTH || !lanes.add(i, value)) {
        result.convert(i, value, v -> convert(v, externalIv, protect));
      } else if (lanes.count == SymbolCipher.LANES) {
        lanes.convert(externalIv, result, protect);
      }
    }
    for (int lane = 0; lane < lanes.count; lane++) {
      int i = lanes.indexes[lane];
      result.convert(i, values[i], v -> convert(v, externalIv, protect));
    }
  }

  /** Values that wait until there are enough with the same number of symbols. */
  private final class Lanes {
    private static final int MAX_LENGTH = 256;

    private final byte[] symbols = new byte[MAX_LENGTH * SymbolCipher.LANES];
    private final byte[] ofOne = new byte[MAX_LENGTH];
    private final char[][] characters = new char[SymbolCipher.LANES][MAX_LENGTH];
    private final int[] lengths = new int[SymbolCipher.LANES];
    private final int[] indexes = new int[SymbolCipher.LANES];
    private int count;
    private int symbolsOfEach;

    /** False when the value has another number of symbols than those that wait. */
    boolean add(int index, String value) {
      int length = value.length();
      char[] own = characters[count];
      value.getChars(0, length, own, 0);
      int found = collect(own, 0, length, ofOne);
      if (isShort(found) || (count > 0 && found != symbolsOfEach)) {
        return false;
      }
      symbolsOfEach = found;
      for (int i = 0; i < found; i++) {
        symbols[i * SymbolCipher.LANES + count] = ofOne[i];
      }
      lengths[count] = length;
      indexes[count] = index;
      count++;
      return true;
    }

    void convert(byte[] iv, BulkResult<String> result, boolean protect) {
      try {
        if (protect) {
          cipher.encryptLanes(symbols, symbolsOfEach, iv);
        } else {
          cipher.decryptLanes(symbols, symbolsOfEach, iv);
        }
      } catch (ProtectionException e) {
        // There is no memory for the tables: that fails each of these values, and no others.
        for (int lane = 0; lane < count; lane++) {
          result.fail(indexes[lane], e);
        }
        count = 0;
        return;
      }
      for (int lane = 0; lane < count; lane++) {
        char[] own = characters[lane];
        for (int i = 0, at = lane; i < lengths[lane]; i++) {
          if (alphabet.number(own[i]) >= 0) {
            own[i] = alphabet.symbol(symbols[at]);
            at += SymbolCipher.LANES;
          }
        }
        result.put(indexes[lane], new String(own, 0, lengths[lane]));
      }
      count = 0;
    }
  }

  private String convert(String value, byte[] externalIv, boolean protect) {
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (value.isEmpty()) {
      return value;
    }
    if (!ends.fit(value)) {
      return tooShort(value, "It has fewer characters than stay clear.");
    }
    byte[] iv = ends.iv(value, externalIv);
    int start = ends.start(value);
    int end = ends.end(value);
    return convert(value, start, end, iv, protect);
  }

  /** Converts what lies from {@code start} to {@code end}, indexes of chars. */
  String convert(String value, int start, int end, byte[] iv, boolean protect) {
    int length = value.length();
    if (length > Scratch.LENGTH) {
      char[] characters = value.toCharArray();
      return convert(value, characters, new byte[end - start], start, end, iv, protect);
    }
    Scratch scratch = Scratch.own();
    try {
      value.getChars(0, length, scratch.characters, 0);
      return convert(value, scratch.characters, scratch.symbols, start, end, iv, protect);
    } finally {
      scratch.wipe(length);
    }
  }

  private String convert(
      String value,
      char[] characters,
      byte[] symbols,
      int start,
      int end,
      byte[] iv,
      boolean protect) {
    int length = value.length();
    int count = collect(characters, start, end, symbols);
    if (protect && !lengthPreserving) {
      return protectLonger(characters, length, start, end, symbols, count, iv);
    }
    if (count > SymbolCipher.MAX_LENGTH) {
      throw tooLong(SymbolCipher.MAX_LENGTH);
    }
    if (!lengthPreserving) {
      return unprotectLonger(characters, length, start, end, symbols, count, iv);
    }
    if (isShort(count)) {
      return tooShort(value, "It needs " + least() + " symbols of its alphabet.");
    }
    if (protect) {
      cipher.encrypt(symbols, count, iv);
    } else {
      cipher.decrypt(symbols, count, iv);
    }
    distribute(characters, start, end, symbols, count);
    return new String(characters, 0, length);
  }

  /** Where the symbols before {@code end}, an index of chars, are, in code points. */
  BitSet positions(String clear, int end) {
    return alphabet.positions(clear, 0, end);
  }

  private int least() {
    return allowShort == AllowShort.YES ? 1 : cipher.block();
  }

  private boolean isShort(int count) {
    return count < least();
  }

  private String tooShort(String value, String because) {
    if (allowShort == AllowShort.NO_RETURN_INPUT) {
      return value;
    }
    throw TokenFailures.tooShort(because);
  }

  private static ProtectionException tooLong(int most) {
    return TokenFailures.tooLong("It may have " + most + " symbols of its alphabet.");
  }

  private String protectLonger(
      char[] characters, int length, int start, int end, byte[] symbols, int count, byte[] iv) {
    if (count == 0) {
      throw TokenFailures.tooShort("It has no symbol of its alphabet.");
    }
    if (count > longer.maxLength()) {
      throw tooLong(longer.maxLength());
    }
    int[] encoded = longer.encode(SymbolCipher.ints(symbols, count), count);
    byte[] token = SymbolCipher.bytes(encoded, encoded.length);
    cipher.encrypt(token, token.length, iv);
    int behindLast = distribute(characters, start, end, token, count);
    var result = new StringBuilder(length + token.length - count);
    result.append(characters, 0, behindLast);
    for (int i = count; i < token.length; i++) {
      result.append(alphabet.symbol(token[i]));
    }
    return result.append(characters, behindLast, length - behindLast).toString();
  }

  private String unprotectLonger(
      char[] characters, int length, int start, int end, byte[] symbols, int count, byte[] iv) {
    if (count < cipher.block()) {
      throw TokenFailures.tooShort("A token has at least " + cipher.block() + " symbols.");
    }
    cipher.decrypt(symbols, count, iv);
    int[] decoded = longer.decode(SymbolCipher.ints(symbols, count), count);
    byte[] clear = SymbolCipher.bytes(decoded, decoded.length);
    if (clear.length == 0) {
      throw TokenFailures.notValid("It is not a token of this data element.");
    }
    int behindLast = distribute(characters, start, end, clear, clear.length);
    int more = count - clear.length;
    for (int i = behindLast; i < behindLast + more; i++) {
      if (i >= end || alphabet.number(characters[i]) < 0) {
        throw TokenFailures.notValid("It is not a token of this data element.");
      }
    }
    return new StringBuilder(length - more)
        .append(characters, 0, behindLast)
        .append(characters, behindLast + more, length - behindLast - more)
        .toString();
  }

  private int collect(char[] characters, int start, int end, byte[] symbols) {
    int count = 0;
    for (int i = start; i < end; i++) {
      int number = alphabet.number(characters[i]);
      if (number >= 0) {
        symbols[count++] = (byte) number;
      }
    }
    return count;
  }

  /**
   * Puts so many symbols into the places of the first symbols there; returns the index of the char
   * behind the last of them.
   */
  private int distribute(char[] characters, int start, int end, byte[] symbols, int count) {
    int next = 0;
    int behindLast = start;
    for (int i = start; i < end && next < count; i++) {
      if (alphabet.number(characters[i]) >= 0) {
        characters[i] = alphabet.symbol(symbols[next++]);
        behindLast = i + 1;
      }
    }
    return behindLast;
  }
}
