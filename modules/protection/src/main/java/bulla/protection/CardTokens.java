package bulla.protection;

import java.util.BitSet;

/**
 * Tokens of card numbers. With an invalid Luhn digit, the last digit of what is not clear says
 * nothing that the others and the Luhn check do not say, so only the others are tokenized, and the
 * token's last one is chosen so that its Luhn sum leaves 5 modulo 10. This keeps values and tokens
 * one to one; walking a permutation until the check fails would not.
 *
 * <p>With an invalid card type, of the digits that go through the tables the first is one of the
 * five of card networks. They go through until that is so again, which is one to one; then the
 * first digit becomes its counterpart among the five others.
 */
final class CardTokens implements TextProtection {
  private static final int VALID_SUM = 0;
  private static final int TOKEN_SUM = 5;

  private final DigitCipher cipher;
  private final Tweaks tweaks;
  private final ClearEnds ends;

  /** First digits of payment cards (ISO/IEC 7812-1, major industry identifiers), and others. */
  private static final String CARD_STARTS = "\2\3\4\5\6";

  private static final String OTHER_STARTS = "\0\1\7\b\t";

  private final boolean luhn;
  private final boolean invalidType;
  private final int letterAt;

  CardTokens(SymbolCipher cipher, CreditCardToken method) {
    this(
        cipher,
        new Tweaks(
            new ClearEnds(method.fromLeft(), method.fromRight()),
            null,
            ReturnCode.INPUT_OUT_OF_LIMITS),
        method.invalidLuhnDigit(),
        method.invalidCardType() != null,
        method.alphabeticIndicator() ? method.alphabeticIndicatorPosition() - 1 : -1);
  }

  CardTokens(Ff1Digits cipher, FpeCreditCard method) {
    this(
        cipher,
        new Tweaks(
            new ClearEnds(method.fromLeft(), method.fromRight()),
            method.tweakMode(),
            ReturnCode.TWEAK_TOO_LONG),
        method.invalidLuhnDigit(),
        method.invalidCardType() != null,
        method.alphabeticIndicator() ? method.alphabeticIndicatorPosition() - 1 : -1);
  }

  private CardTokens(
      DigitCipher cipher, Tweaks tweaks, boolean luhn, boolean invalidType, int letterAt) {
    this.cipher = cipher;
    this.tweaks = tweaks;
    this.ends = tweaks.ends();
    this.luhn = luhn;
    this.invalidType = invalidType;
    this.letterAt = letterAt;
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
    tweaks.require(externalIv);
    if (value.isEmpty()) {
      return value;
    }
    requireLength(value);
    int length = value.length();
    Scratch scratch = Scratch.of(length, length);
    try {
      value.getChars(0, length, scratch.characters, 0);
      return convert(value, scratch.characters, scratch.symbols, externalIv, protect);
    } finally {
      scratch.wipe(length);
    }
  }

  /** The same with the characters of the value and room for the digits that are replaced. */
  private String convert(
      String value, char[] characters, byte[] replaced, byte[] externalIv, boolean protect) {
    int length = value.length();
    if (letterAt >= 0 && !protect) {
      characters[letterAt] = (char) (characters[letterAt] - 'A' + '0');
    }
    requireDigits(characters, length);
    if (luhn && luhnSum(characters, length) != (protect ? VALID_SUM : TOKEN_SUM)) {
      throw TokenFailures.notValid(
          protect ? "The Luhn value must be valid." : "It is not a token of this data element.");
    }
    int from = ends.fromLeft();
    int count = length - from - ends.fromRight() - (luhn ? 1 : 0);
    for (int i = 0; i < count; i++) {
      replaced[i] = (byte) (characters[from + i] - '0');
    }
    byte[] iv = tweaks.of(value, externalIv);
    if (protect) {
      encrypt(replaced, count, iv);
    } else {
      decrypt(replaced, count, iv);
    }
    for (int i = 0; i < count; i++) {
      characters[from + i] = (char) ('0' + replaced[i]);
    }
    if (luhn) {
      int chosen = from + count;
      characters[chosen] = '0';
      while (luhnSum(characters, length) != (protect ? TOKEN_SUM : VALID_SUM)) {
        characters[chosen]++;
      }
    }
    if (letterAt >= 0 && protect) {
      characters[letterAt] = (char) (characters[letterAt] - '0' + 'A');
    }
    return new String(characters, 0, length);
  }

  private void encrypt(byte[] digits, int count, byte[] iv) {
    if (!invalidType) {
      cipher.encrypt(digits, count, iv);
      return;
    }
    requireStart(digits, CARD_STARTS, "Card type must be valid input.");
    do {
      cipher.encrypt(digits, count, iv);
    } while (CARD_STARTS.indexOf(digits[0]) < 0);
    digits[0] = (byte) OTHER_STARTS.charAt(CARD_STARTS.indexOf(digits[0]));
  }

  private void decrypt(byte[] digits, int count, byte[] iv) {
    if (!invalidType) {
      cipher.decrypt(digits, count, iv);
      return;
    }
    requireStart(digits, OTHER_STARTS, "Card type must be invalid input.");
    digits[0] = (byte) CARD_STARTS.charAt(OTHER_STARTS.indexOf(digits[0]));
    do {
      cipher.decrypt(digits, count, iv);
    } while (CARD_STARTS.indexOf(digits[0]) < 0);
  }

  private static void requireStart(byte[] digits, String starts, String because) {
    if (starts.indexOf(digits[0]) < 0) {
      throw TokenFailures.notValid(because);
    }
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return ends.positionsBetween(clear, Alphabet.DIGITS);
  }

  private void requireLength(String value) {
    int length = value.length();
    if (length > SymbolCipher.MAX_LENGTH) {
      throw TokenFailures.tooLong("It may have " + SymbolCipher.MAX_LENGTH + " digits.");
    }
    int replaced = length - ends.fromLeft() - ends.fromRight();
    int least = cipher.block() + (luhn ? 1 : 0);
    if (replaced < least) {
      throw TokenFailures.tooShort("It needs " + least + " digits that do not stay clear.");
    }
    if (letterAt >= length - ends.fromRight()) {
      throw TokenFailures.tooShort("It has no place for the alphabetic indicator.");
    }
  }

  private static void requireDigits(char[] characters, int length) {
    for (int i = 0; i < length; i++) {
      if (Alphabet.DIGITS.number(characters[i]) < 0) {
        throw TokenFailures.notValid("Invalid input for the creditcard token type.");
      }
    }
  }

  /** The Luhn sum (ISO/IEC 7812-1, annex B) modulo 10; each digit alone can give it any value. */
  private static int luhnSum(char[] digits, int length) {
    int sum = 0;
    boolean doubled = false;
    for (int i = length - 1; i >= 0; i--) {
      int digit = digits[i] - '0';
      int weighted = doubled ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
      doubled = !doubled;
    }
    return sum % 10;
  }
}
