package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.BitSet;

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

  Ff1Text(
      Alphabet alphabet,
      int minLength,
      AllowShort allowShort,
      int fromLeft,
      int fromRight,
      SecretBytes key) {
    this.alphabet = alphabet;
    this.ff1 = Ff1.of(alphabet.size(), key);
    this.minLength = minLength;
    this.allowShort = allowShort;
    this.ends = new ClearEnds(fromLeft, fromRight);
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

  private String convert(String value, byte[] externalIv, boolean protect) {
    TokenFailures.requireIv(externalIv, ReturnCode.TWEAK_TOO_LONG);
    if (value.isEmpty()) {
      return value;
    }
    if (!ends.fit(value)) {
      return tooShort(value);
    }
    int start = ends.start(value);
    int end = ends.end(value);
    char[] characters = value.toCharArray();
    int count = 0;
    var symbols = new int[end - start];
    for (int i = start; i < end; i++) {
      int symbol = alphabet.number(characters[i]);
      if (symbol >= 0) {
        symbols[count++] = symbol;
      }
    }
    if (count < minLength) {
      return tooShort(value);
    }
    if (count > MAX_LENGTH) {
      throw TokenFailures.tooLong("It may have " + MAX_LENGTH + " symbols.");
    }
    byte[] tweak = ends.iv(value, externalIv);
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
    return new String(characters);
  }

  private String tooShort(String value) {
    if (allowShort == AllowShort.NO_RETURN_INPUT) {
      return value;
    }
    throw TokenFailures.tooShort("It needs " + minLength + " symbols that do not stay clear.");
  }
}
