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
    if (requireEach(values, width, protect) && width <= TokenLanes.LENGTH) {
      convertSymbols(values, width, externalIv, into, protect);
    } else {
      var column = new Column(values, width, externalIv, into, protect);
      convertTogether(column, values.length / width, externalIv, protect);
    }
  }

  /**
   * Refuses a column before anything of it is written: in place, nobody could tell afterwards which
   * of its texts are tokens.
   *
   * @return whether the texts have nothing but symbols, and enough of them
   */
  private boolean requireEach(byte[] values, int width, boolean protect) {
    boolean symbolsAlone = width >= least();
    int asked = 0;
    for (int from = 0; from < values.length; from += width) {
      int count = 0;
      for (int i = from; i < from + width; i++) {
        count += alphabet.number((char) (values[i] & 0xff)) >= 0 ? 1 : 0;
      }
      symbolsAlone &= count == width;
      if (isShort(count)) {
        refuseShort(tooFewSymbols());
      } else if (count != asked) {
        cipher.requireTables(count, protect);
        asked = count;
      }
    }
    return symbolsAlone;
  }

  /** A column whose texts have nothing but symbols, and enough of them. */
  private void convertSymbols(byte[] from, int width, byte[] iv, byte[] into, boolean protect) {
    TokenLanes lanes = Scratch.own().lanes();
    int texts = from.length / width;
    try {
      // Backwards to zero, as what is done may be more than an int where the column is as long as
      // an array may be.
      for (int left = texts; left > 0; left -= TokenLanes.LANES) {
        int start = (texts - left) * width;
        lanes.begin(Math.min(TokenLanes.LANES, left), width);
        for (int i = 0; i < width; i++) {
          alphabet.numbers(from, start + i, width, lanes.symbols[i], lanes.count);
        }
        convert(lanes, iv, protect);
        for (int i = 0; i < width; i++) {
          alphabet.symbols(lanes.symbols[i], lanes.count, into, start + i, width);
        }
      }
    } finally {
      lanes.wipe();
    }
  }

  private void convert(TokenLanes lanes, byte[] iv, boolean protect) {
    if (protect) {
      cipher.encrypt(lanes, iv);
    } else {
      cipher.decrypt(lanes, iv);
    }
  }

  /**
   * Values with the same number of symbols go through the tables together; on their own go those
   * that are the only ones of their length or too long for it, and all where clear ends give every
   * value another IV.
   */
  private void convertAll(
      String[] values, byte[] externalIv, BulkResult<String> result, boolean protect) {
    Function<String, String> alone = value -> convert(value, externalIv, protect);
    boolean together =
        lengthPreserving
            && ends.none()
            && values.length > 1
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

    /** Puts the symbols of one into an array; how many, or 0 for one that must go alone. */
    int collect(int index, String taken, byte[] symbols);

    /** Makes the result of one from the symbols of a lane, as many as it has itself. */
    void distribute(int index, String taken, TokenLanes lanes, int lane);

    /** Converts one on its own. */
    void convert(int index, String taken);

    /** Notes that one has no result. */
    void fail(int index, ProtectionException reason);
  }

  /** Texts of any length. */
  final class Texts implements Values {
    private final String[] values;
    private final BulkResult<String> result;
    private final Function<String, String> alone;
    private final char[] characters = Scratch.own().characters;

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
    public int collect(int index, String taken, byte[] symbols) {
      if (taken == null || taken.length() > Scratch.LENGTH) {
        return 0;
      }
      taken.getChars(0, taken.length(), characters, 0);
      return SymbolTokens.this.collect(characters, 0, taken.length(), symbols);
    }

    @Override
    public void distribute(int index, String taken, TokenLanes lanes, int lane) {
      int length = taken.length();
      taken.getChars(0, length, characters, 0);
      boolean nothingElse = length == lanes.length;
      for (int i = 0, at = 0; i < length; i++) {
        if (nothingElse || alphabet.number(characters[i]) >= 0) {
          characters[i] = alphabet.symbol(lanes.symbols[at++][lane]);
        }
      }
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

  /** Texts of one width in ASCII, one behind the other; one that fails ends the call. */
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
    public int collect(int index, String taken, byte[] symbols) {
      int count = 0;
      for (int i = index * width; i < (index + 1) * width; i++) {
        int number = number(from[i]);
        if (number >= 0) {
          symbols[count++] = (byte) number;
        }
      }
      return count;
    }

    @Override
    public void distribute(int index, String taken, TokenLanes lanes, int lane) {
      int at = 0;
      for (int i = index * width; i < (index + 1) * width; i++) {
        if (number(from[i]) >= 0) {
          into[i] = (byte) alphabet.symbol(lanes.symbols[at++][lane]);
        } else {
          into[i] = from[i];
        }
      }
    }

    private int number(byte character) {
      return alphabet.number((char) (character & 0xff));
    }

    @Override
    public void convert(int index, String taken) {
      Scratch scratch = Scratch.own();
      char[] characters = scratch.characters;
      for (int i = 0, at = index * width; i < width; i++, at++) {
        characters[i] = (char) (from[at] & 0xff);
      }
      int count = SymbolTokens.this.collect(characters, 0, width, scratch.symbols);
      if (isShort(count)) {
        refuseShort(tooFewSymbols());
      } else {
        replace(characters, scratch.symbols, 0, width, count, iv, protect);
      }
      for (int i = 0, at = index * width; i < width; i++, at++) {
        into[at] = (byte) characters[i];
      }
    }

    @Override
    public void fail(int index, ProtectionException reason) {
      throw reason;
    }
  }

  void convertTogether(Values values, int count, byte[] iv, boolean protect) {
    Scratch scratch = Scratch.own();
    WaitingValues waiting = scratch.waiting();
    TokenLanes lanes = scratch.lanes();
    try {
      for (int i = 0; i < count; i++) {
        String taken = values.take(i);
        int found = values.collect(i, taken, scratch.symbols);
        if (isShort(found) || found > TokenLanes.LENGTH) {
          values.convert(i, taken);
          continue;
        }
        WaitingValues.OfLength ofLength = waiting.of(found);
        ofLength.add(i, taken, scratch.symbols);
        if (ofLength.isFull()) {
          convert(ofLength, lanes, values, iv, protect);
        }
      }
      for (int i = 0; i < waiting.used(); i++) {
        WaitingValues.OfLength left = waiting.used(i);
        if (left.count == 1) {
          values.convert(left.indexes[0], left.taken[0]);
        } else if (left.count > 1) {
          convert(left, lanes, values, iv, protect);
        }
      }
    } finally {
      waiting.wipe();
      lanes.wipe();
      scratch.wipe(Scratch.LENGTH);
    }
  }

  private void convert(
      WaitingValues.OfLength waiting, TokenLanes lanes, Values values, byte[] iv, boolean protect) {
    waiting.copyTo(lanes);
    waiting.count = 0;
    try {
      convert(lanes, iv, protect);
    } catch (ProtectionException e) {
      // There is no memory for the tables: that fails each of these values, and no others.
      for (int lane = 0; lane < lanes.count; lane++) {
        values.fail(waiting.indexes[lane], e);
      }
      return;
    }
    for (int lane = 0; lane < lanes.count; lane++) {
      values.distribute(waiting.indexes[lane], waiting.taken[lane], lanes, lane);
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
