package bulla.protection;

import java.util.Arrays;
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
      if (protect) {
        cipher.encryptLanes(symbols, symbolsOfEach, iv);
      } else {
        cipher.decryptLanes(symbols, symbolsOfEach, iv);
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
    return protect ? protect(value, start, end, iv) : unprotect(value, start, end, iv);
  }

  /** Protects what lies from {@code start} to {@code end}, indexes of chars. */
  String protect(String clear, int start, int end, byte[] iv) {
    char[] characters = clear.toCharArray();
    var symbols = new byte[end - start];
    int count = collect(characters, start, end, symbols);
    if (!lengthPreserving) {
      return protectLonger(characters, start, end, symbols, count, iv);
    }
    if (count > SymbolCipher.MAX_LENGTH) {
      throw tooLong(SymbolCipher.MAX_LENGTH);
    }
    if (isShort(count)) {
      return tooShort(clear, "It needs " + least() + " symbols of its alphabet.");
    }
    cipher.encrypt(symbols, count, iv);
    distribute(characters, start, end, symbols);
    return new String(characters);
  }

  /** Undoes {@link #protect(String, int, int, byte[])}. */
  String unprotect(String token, int start, int end, byte[] iv) {
    char[] characters = token.toCharArray();
    var symbols = new byte[end - start];
    int count = collect(characters, start, end, symbols);
    if (count > SymbolCipher.MAX_LENGTH) {
      throw tooLong(SymbolCipher.MAX_LENGTH);
    }
    if (!lengthPreserving) {
      return unprotectLonger(characters, start, end, symbols, count, iv);
    }
    if (isShort(count)) {
      return tooShort(token, "It needs " + least() + " symbols of its alphabet.");
    }
    cipher.decrypt(symbols, count, iv);
    distribute(characters, start, end, symbols);
    return new String(characters);
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
      char[] characters, int start, int end, byte[] symbols, int count, byte[] iv) {
    if (count == 0) {
      throw TokenFailures.tooShort("It has no symbol of its alphabet.");
    }
    if (count > longer.maxLength()) {
      throw tooLong(longer.maxLength());
    }
    int[] encoded = longer.encode(SymbolCipher.ints(symbols, count), count);
    byte[] token = SymbolCipher.bytes(encoded, encoded.length);
    cipher.encrypt(token, token.length, iv);
    int behindLast = distribute(characters, start, end, Arrays.copyOf(token, count));
    var result = new StringBuilder(characters.length + token.length - count);
    result.append(characters, 0, behindLast);
    for (int i = count; i < token.length; i++) {
      result.append(alphabet.symbol(token[i]));
    }
    return result.append(characters, behindLast, characters.length - behindLast).toString();
  }

  private String unprotectLonger(
      char[] characters, int start, int end, byte[] symbols, int count, byte[] iv) {
    if (count < cipher.block()) {
      throw TokenFailures.tooShort("A token has at least " + cipher.block() + " symbols.");
    }
    cipher.decrypt(symbols, count, iv);
    int[] decoded = longer.decode(SymbolCipher.ints(symbols, count), count);
    byte[] clear = SymbolCipher.bytes(decoded, decoded.length);
    if (clear.length == 0) {
      throw TokenFailures.notValid("It is not a token of this data element.");
    }
    int behindLast = distribute(characters, start, end, clear);
    int more = count - clear.length;
    for (int i = behindLast; i < behindLast + more; i++) {
      if (i >= end || alphabet.number(characters[i]) < 0) {
        throw TokenFailures.notValid("It is not a token of this data element.");
      }
    }
    return new StringBuilder(characters.length - more)
        .append(characters, 0, behindLast)
        .append(characters, behindLast + more, characters.length - behindLast - more)
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
   * Puts the symbols into the places of the first symbols there; returns the index of the char
   * behind the last of them.
   */
  private int distribute(char[] characters, int start, int end, byte[] symbols) {
    int next = 0;
    int behindLast = start;
    for (int i = start; i < end && next < symbols.length; i++) {
      if (alphabet.number(characters[i]) >= 0) {
        characters[i] = alphabet.symbol(symbols[next++]);
        behindLast = i + 1;
      }
    }
    return behindLast;
  }
}
