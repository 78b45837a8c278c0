package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.BitSet;

/** FF1 on the digits of a text; other characters stay in place. */
final class Ff1Text implements TextProtection {
  /**
   * FF1 itself allows 2^32; this is the limit of the tokens, so that both take the same columns.
   */
  private static final int MAX_LENGTH = 4096;

  private final Ff1 ff1;
  private final int minLength;
  private final AllowShort allowShort;
  private final ClearEnds ends;

  Ff1Text(FpeNumeric method, SecretBytes key) {
    this.ff1 = Ff1.of(Alphabet.DIGITS.size(), key);
    this.minLength = method.minLength();
    this.allowShort = method.allowShort();
    this.ends = new ClearEnds(method.fromLeft(), method.fromRight());
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
    return ends.positionsBetween(clear, Alphabet.DIGITS);
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
    var digits = new int[end - start];
    for (int i = start; i < end; i++) {
      int digit = Alphabet.DIGITS.number(characters[i]);
      if (digit >= 0) {
        digits[count++] = digit;
      }
    }
    if (count < minLength) {
      return tooShort(value);
    }
    if (count > MAX_LENGTH) {
      throw TokenFailures.tooLong("It may have " + MAX_LENGTH + " digits.");
    }
    byte[] tweak = ends.iv(value, externalIv);
    if (protect) {
      ff1.encryptInPlace(digits, count, tweak);
    } else {
      ff1.decryptInPlace(digits, count, tweak);
    }
    for (int i = start, next = 0; i < end; i++) {
      if (Alphabet.DIGITS.number(characters[i]) >= 0) {
        characters[i] = (char) ('0' + digits[next++]);
      }
    }
    return new String(characters);
  }

  private String tooShort(String value) {
    if (allowShort == AllowShort.NO_RETURN_INPUT) {
      return value;
    }
    throw TokenFailures.tooShort("It needs " + minLength + " digits that do not stay clear.");
  }
}
