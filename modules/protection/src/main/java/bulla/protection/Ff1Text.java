package bulla.protection;

import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.function.Function;

/** FF1 on the symbols of a text; other characters stay in place. */
final class Ff1Text implements TextProtection {
  /**
   * FF1 itself allows 2^32; this is the limit of the tokens, so that both take the same columns.
   */
  private static final int MAX_LENGTH = 4096;

  private final Alphabet alphabet;
  private final Ff1 ff1;
  private final int minLength;
  private final AllowShort allowShort;
  private final ClearEnds ends;
  private final Tweaks tweaks;

  Ff1Text(
      Alphabet alphabet,
      int minLength,
      AllowShort allowShort,
      int fromLeft,
      int fromRight,
      TweakMode tweakMode,
      SecretBytes key) {
    this.alphabet = alphabet;
    this.ff1 = Ff1.of(alphabet.size(), key);
    this.minLength = minLength;
    this.allowShort = allowShort;
    this.ends = new ClearEnds(fromLeft, fromRight);
    this.tweaks = new Tweaks(ends, tweakMode, ReturnCode.TWEAK_TOO_LONG);
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
   * Values of one length that have nothing but symbols go through the rounds together; all others,
   * and all values where the tweak differs from value to value, on their own.
   */
  private void convertAll(
      String[] values, byte[] externalIv, BulkResult<String> result, boolean protect) {
    Function<String, String> alone = value -> convert(value, externalIv, protect);
    // An external IV that no value can have fails with each of them.
    boolean together =
        values.length > 1
            && ends.none()
            && externalIv.length <= TokenFailures.MAX_IV
            && (tweaks.mode() == null || externalIv.length > 0);
    if (together) {
      convertTogether(values, externalIv, result, alone, protect);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      result.convert(i, values[i], alone);
    }
  }

  private void convertTogether(
      String[] values,
      byte[] tweak,
      BulkResult<String> result,
      Function<String, String> alone,
      boolean protect) {
    Ff1Lanes lanes = Ff1Lanes.own();
    int length = -1;
    try {
      for (int i = 0; i < values.length; i++) {
        String value = values[i];
        if (value == null || (value.length() != length && !isNarrow(value.length()))) {
          result.convert(i, value, alone);
          continue;
        }
        if (lanes.isFull() || value.length() != length) {
          convertLanes(lanes, values, length, tweak, result, alone, protect);
          length = value.length();
        }
        lanes.add(i, value);
      }
      convertLanes(lanes, values, length, tweak, result, alone, protect);
    } finally {
      lanes.wipe();
    }
  }

  private boolean isNarrow(int length) {
    return length >= minLength && length <= Ff1Lanes.MAX_LENGTH && ff1.isNarrow(length);
  }

  private void convertLanes(
      Ff1Lanes lanes,
      String[] values,
      int length,
      byte[] tweak,
      BulkResult<String> result,
      Function<String, String> alone,
      boolean protect) {
    if (lanes.count() == 0) {
      return;
    }
    ByteSymbols symbols = alphabet.bytes();
    if (!lanes.readTexts(length, symbols, alphabet.size())) {
      for (int i = 0; i < lanes.count(); i++) {
        if (!lanes.isRead(i)) {
          int index = lanes.index(i);
          result.convert(index, values[index], alone);
        }
      }
      lanes.dropUnread();
    }
    ff1.convert(lanes, length, tweak, protect);
    ff1.write(lanes, length, symbols, lanes.characters, 0);
    for (int i = 0; i < lanes.count(); i++) {
      String converted =
          new String(lanes.characters, i * length, length, StandardCharsets.ISO_8859_1);
      result.put(lanes.index(i), converted);
    }
    lanes.clear();
  }

  private String convert(String value, byte[] externalIv, boolean protect) {
    tweaks.require(externalIv);
    if (value.isEmpty()) {
      return value;
    }
    if (!ends.fit(value)) {
      return tooShort(value);
    }
    int start = ends.start(value);
    int end = ends.end(value);
    int length = value.length();
    Scratch scratch = scratch(value, start, end);
    try {
      value.getChars(0, length, scratch.characters, 0);
      return convert(value, scratch.characters, scratch.numerals, start, end, externalIv, protect);
    } finally {
      scratch.wipe(length);
    }
  }

  /** Working arrays with room for the value; fails where it is too long. */
  private Scratch scratch(String value, int start, int end) {
    if (value.length() <= Scratch.LENGTH) {
      return Scratch.own();
    }
    int count = alphabet.count(value, start, end);
    requireLength(count);
    return Scratch.of(value.length(), count);
  }

  /** Replaces the symbols from {@code start} to {@code end} in a value's characters. */
  private String convert(
      String value,
      char[] characters,
      int[] symbols,
      int start,
      int end,
      byte[] externalIv,
      boolean protect) {
    int count = 0;
    for (int i = start; i < end; i++) {
      int symbol = alphabet.number(characters[i]);
      if (symbol >= 0) {
        symbols[count++] = symbol;
      }
    }
    if (count < minLength) {
      return tooShort(value);
    }
    requireLength(count);
    byte[] tweak = tweaks.of(value, externalIv);
    if (protect) {
      ff1.encryptInPlace(symbols, count, tweak);
    } else {
      ff1.decryptInPlace(symbols, count, tweak);
    }
    for (int i = start, next = 0; i < end; i++) {
      if (alphabet.number(characters[i]) >= 0) {
        characters[i] = alphabet.symbol(symbols[next++]);
      }
    }
    return new String(characters, 0, value.length());
  }

  private static void requireLength(int count) {
    if (count > MAX_LENGTH) {
      throw TokenFailures.tooLong("It may have " + MAX_LENGTH + " symbols.");
    }
  }

  private String tooShort(String value) {
    if (allowShort == AllowShort.NO_RETURN_INPUT) {
      return value;
    }
    throw TokenFailures.tooShort("It needs " + minLength + " symbols that do not stay clear.");
  }
}
