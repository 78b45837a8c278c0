package bulla.protection;

import java.util.BitSet;
import java.util.function.Function;

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

  @Override
  public void protectColumn(byte[] clear, int width, byte[] externalIv, byte[] into) {
    convertColumn(clear, width, externalIv, into, true);
  }

  @Override
  public void unprotectColumn(byte[] tokens, int width, byte[] externalIv, byte[] into) {
    convertColumn(tokens, width, externalIv, into, false);
  }

  private void convertColumn(
      byte[] values, int width, byte[] externalIv, byte[] into, boolean protect) {
    if (!lengthPreserving || !ends.none() || !alphabet.isAscii()) {
      throw TextProtection.noColumns();
    }
    TokenFailures.requireIv(externalIv, ReturnCode.INPUT_OUT_OF_LIMITS);
    requireEach(values, width, protect);
    var column = new Column(values, width, externalIv, into, protect);
    convertTogether(column, values.length / width, externalIv, protect);
  }

  /**
   * Refuses a column before anything of it is written: in place, nobody could tell afterwards which
   * of its texts are tokens.
   */
  private void requireEach(byte[] values, int width, boolean protect) {
    int asked = 0;
    for (int from = 0; from < values.length; from += width) {
      int count = 0;
      for (int i = from; i < from + width; i++) {
        count += alphabet.number((char) (values[i] & 0xff)) >= 0 ? 1 : 0;
      }
      if (isShort(count)) {
        refuseShort(tooFewSymbols());
      } else if (count != asked) {
        cipher.requireTables(count, protect);
        asked = count;
      }
    }
  }

  /**
   * Values with the same number of symbols go through the tables together; on their own go those
   * that are left over, those that are too long for it, and all where clear ends give every value
   * another IV.
   */
  private void convertAll(
      String[] values, byte[] externalIv, BulkResult<String> result, boolean protect) {
    Function<String, String> alone = value -> convert(value, externalIv, protect);
    boolean together =
        lengthPreserving
            && ends.none()
            && values.length >= SymbolCipher.LANES
            && externalIv.length <= TokenFailures.MAX_IV;
    if (together) {
      convertTogether(new Texts(values, result, alone), values.length, externalIv, protect);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      result.convert(i, values[i], alone);
    }
  }

  /**
   * Many values, and where their results go. Each text is taken once and then handed back, as
   * somebody may alter the array meanwhile: every result is of a text that was there.
   */
  interface Values {
    /** One text; null for none, and where the values are no texts. */
    String take(int index);

    /** Puts the characters of one into an array; how many, or 0 for one that must go alone. */
    int read(int index, String taken, char[] characters);

    /** Takes the characters of a result. */
    void write(int index, char[] characters, int length);

    /** Converts one on its own. */
    void convert(int index, String taken);

    /** Notes that one has no result. */
    void fail(int index, ProtectionException reason);
  }

  private static final class Texts implements Values {
    private final String[] values;
    private final BulkResult<String> result;
    private final Function<String, String> alone;

    Texts(String[] values, BulkResult<String> result, Function<String, String> alone) {
      this.values = values;
      this.result = result;
      this.alone = alone;
    }

    @Override
    public String take(int index) {
      return values[index];
    }

    @Override
    public int read(int index, String taken, char[] characters) {
      if (taken == null || taken.length() > Scratch.LENGTH) {
        return 0;
      }
      taken.getChars(0, taken.length(), characters, 0);
      return taken.length();
    }

    @Override
    public void write(int index, char[] characters, int length) {
      result.put(index, new String(characters, 0, length));
    }

    @Override
    public void convert(int index, String taken) {
      result.convert(index, taken, alone);
    }

    @Override
    public void fail(int index, ProtectionException reason) {
      result.fail(index, reason);
    }
  }

  /** Texts of one width, one behind the other; one that fails ends the call. */
  private final class Column implements Values {
    private final byte[] from;
    private final int width;
    private final byte[] iv;
    private final byte[] into;
    private final boolean protect;

    Column(byte[] from, int width, byte[] iv, byte[] into, boolean protect) {
      this.from = from;
      this.width = width;
      this.iv = iv;
      this.into = into;
      this.protect = protect;
    }

    @Override
    public String take(int index) {
      return null;
    }

    @Override
    public int read(int index, String taken, char[] characters) {
      for (int i = 0, at = index * width; i < width; i++, at++) {
        characters[i] = (char) (from[at] & 0xff);
      }
      return width;
    }

    @Override
    public void write(int index, char[] characters, int length) {
      for (int i = 0, at = index * width; i < length; i++, at++) {
        into[at] = (byte) characters[i];
      }
    }

    @Override
    public void convert(int index, String taken) {
      Scratch scratch = Scratch.own();
      read(index, taken, scratch.characters);
      int count = collect(scratch.characters, 0, width, scratch.symbols);
      if (isShort(count)) {
        refuseShort(tooFewSymbols());
      } else {
        replace(scratch.characters, scratch.symbols, 0, width, count, iv, protect);
      }
      write(index, scratch.characters, width);
    }

    @Override
    public void fail(int index, ProtectionException reason) {
      throw reason;
    }
  }

  void convertTogether(Values values, int count, byte[] iv, boolean protect) {
    Scratch scratch = Scratch.own();
    LanesByLength waiting = scratch.lanes();
    try {
      for (int i = 0; i < count; i++) {
        String taken = values.take(i);
        int length = values.read(i, taken, scratch.characters);
        int found = collect(scratch.characters, 0, length, scratch.symbols);
        if (isShort(found) || found > LanesByLength.LENGTH) {
          values.convert(i, taken);
          continue;
        }
        LanesByLength.Lanes lanes = waiting.of(found);
        lanes.add(i, taken, scratch.symbols);
        if (lanes.isFull()) {
          convert(lanes, waiting.numbers, values, scratch.characters, iv, protect);
        }
      }
      for (int i = 0; i < waiting.used(); i++) {
        LanesByLength.Lanes lanes = waiting.used(i);
        for (int lane = 0; lane < lanes.count; lane++) {
          values.convert(lanes.indexes[lane], lanes.taken[lane]);
        }
      }
    } finally {
      waiting.wipe();
      scratch.wipe(Scratch.LENGTH);
    }
  }

  private void convert(
      LanesByLength.Lanes lanes,
      int[] numbers,
      Values values,
      char[] characters,
      byte[] iv,
      boolean protect) {
    lanes.count = 0;
    try {
      if (protect) {
        cipher.encryptLanes(lanes.symbols, lanes.length, iv, numbers);
      } else {
        cipher.decryptLanes(lanes.symbols, lanes.length, iv, numbers);
      }
    } catch (ProtectionException e) {
      // There is no memory for the tables: that fails each of these values, and no others.
      for (int index : lanes.indexes) {
        values.fail(index, e);
      }
      return;
    }
    for (int lane = 0; lane < SymbolCipher.LANES; lane++) {
      int index = lanes.indexes[lane];
      int length = values.read(index, lanes.taken[lane], characters);
      boolean nothingElse = length == lanes.length;
      for (int i = 0, at = lane; i < length; i++) {
        if (nothingElse || alphabet.number(characters[i]) >= 0) {
          characters[i] = alphabet.symbol(lanes.symbols[at]);
          at += SymbolCipher.LANES;
        }
      }
      values.write(index, characters, length);
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
    Scratch scratch = scratch(value, start, end, protect);
    try {
      value.getChars(0, length, scratch.characters, 0);
      return convert(
          value, scratch.characters, scratch.symbols, scratch.numerals, start, end, iv, protect);
    } finally {
      scratch.wipe(length);
    }
  }

  /** Working arrays with room for the value and its result; fails where it is too long. */
  private Scratch scratch(String value, int start, int end, boolean protect) {
    if (value.length() <= Scratch.LENGTH) {
      return Scratch.own();
    }
    int count = alphabet.count(value, start, end);
    int most = protect && !lengthPreserving ? longer.maxLength() : SymbolCipher.MAX_LENGTH;
    if (count > most) {
      throw tooLong(most);
    }
    int more = lengthPreserving ? 0 : longer.mostMore();
    return Scratch.of(value.length() + more, count + more);
  }

  /**
   * The same in working arrays.
   *
   * @param characters those of the value
   * @param symbols and {@code numerals}, with room for the symbols of the result
   */
  private String convert(
      String value,
      char[] characters,
      byte[] symbols,
      int[] numerals,
      int start,
      int end,
      byte[] iv,
      boolean protect) {
    int length = value.length();
    int count = collect(characters, start, end, symbols);
    if (protect && !lengthPreserving) {
      return protectLonger(characters, length, start, end, symbols, numerals, count, iv);
    }
    if (count > SymbolCipher.MAX_LENGTH) {
      throw tooLong(SymbolCipher.MAX_LENGTH);
    }
    if (!lengthPreserving) {
      return unprotectLonger(characters, length, start, end, symbols, numerals, count, iv);
    }
    if (isShort(count)) {
      return tooShort(value, tooFewSymbols());
    }
    replace(characters, symbols, start, end, count, iv, protect);
    return new String(characters, 0, length);
  }

  /** Replaces the symbols among the characters there, of which there are enough. */
  private void replace(
      char[] characters,
      byte[] symbols,
      int start,
      int end,
      int count,
      byte[] iv,
      boolean protect) {
    if (protect) {
      cipher.encrypt(symbols, count, iv);
    } else {
      cipher.decrypt(symbols, count, iv);
    }
    distribute(characters, start, end, symbols, count);
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

  private String tooFewSymbols() {
    return "It needs " + least() + " symbols of its alphabet.";
  }

  private String tooShort(String value, String because) {
    refuseShort(because);
    return value;
  }

  /** Fails unless short values stay as they are. */
  private void refuseShort(String because) {
    if (allowShort != AllowShort.NO_RETURN_INPUT) {
      throw TokenFailures.tooShort(because);
    }
  }

  private static ProtectionException tooLong(int most) {
    return TokenFailures.tooLong("It may have " + most + " symbols of its alphabet.");
  }

  private String protectLonger(
      char[] characters,
      int length,
      int start,
      int end,
      byte[] symbols,
      int[] numerals,
      int count,
      byte[] iv) {
    if (count == 0) {
      throw TokenFailures.tooShort("It has no symbol of its alphabet.");
    }
    if (count > longer.maxLength()) {
      throw tooLong(longer.maxLength());
    }
    SymbolCipher.copy(symbols, numerals, count);
    int tokens = longer.encode(numerals, count);
    SymbolCipher.copy(numerals, symbols, tokens);
    cipher.encrypt(symbols, tokens, iv);
    int behindLast = distribute(characters, start, end, symbols, count);
    int more = tokens - count;
    System.arraycopy(characters, behindLast, characters, behindLast + more, length - behindLast);
    for (int i = 0; i < more; i++) {
      characters[behindLast + i] = alphabet.symbol(symbols[count + i]);
    }
    return new String(characters, 0, length + more);
  }

  private String unprotectLonger(
      char[] characters,
      int length,
      int start,
      int end,
      byte[] symbols,
      int[] numerals,
      int count,
      byte[] iv) {
    if (count < cipher.block()) {
      throw TokenFailures.tooShort("A token has at least " + cipher.block() + " symbols.");
    }
    cipher.decrypt(symbols, count, iv);
    SymbolCipher.copy(symbols, numerals, count);
    int clear = longer.decode(numerals, count);
    if (clear == 0) {
      throw TokenFailures.notValid("It is not a token of this data element.");
    }
    SymbolCipher.copy(numerals, symbols, clear);
    int behindLast = distribute(characters, start, end, symbols, clear);
    int more = count - clear;
    for (int i = behindLast; i < behindLast + more; i++) {
      if (i >= end || alphabet.number(characters[i]) < 0) {
        throw TokenFailures.notValid("It is not a token of this data element.");
      }
    }
    int behindAll = behindLast + more;
    System.arraycopy(characters, behindAll, characters, behindLast, length - behindAll);
    return new String(characters, 0, length - more);
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
