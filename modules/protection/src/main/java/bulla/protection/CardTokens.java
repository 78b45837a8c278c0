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
    tweaks.require(externalIv);
    if (clear.isEmpty()) {
      return clear;
    }
    requireLength(clear);
    byte[] digits = digits(clear.toCharArray());
    if (luhn && luhnSum(digits) != VALID_SUM) {
      throw TokenFailures.notValid("The Luhn value must be valid.");
    }
    byte[] middle = middle(digits);
    byte[] iv = tweaks.of(clear, externalIv);
    if (invalidType) {
      requireStart(middle, CARD_STARTS, "Card type must be valid input.");
      do {
        cipher.encrypt(middle, middle.length, iv);
      } while (CARD_STARTS.indexOf(middle[0]) < 0);
      middle[0] = (byte) OTHER_STARTS.charAt(CARD_STARTS.indexOf(middle[0]));
    } else {
      cipher.encrypt(middle, middle.length, iv);
    }
    char[] token = text(digits, middle, TOKEN_SUM);
    if (letterAt >= 0) {
      token[letterAt] = (char) (token[letterAt] - '0' + 'A');
    }
    return new String(token);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    tweaks.require(externalIv);
    if (token.isEmpty()) {
      return token;
    }
    requireLength(token);
    char[] characters = token.toCharArray();
    if (letterAt >= 0) {
      characters[letterAt] = (char) (characters[letterAt] - 'A' + '0');
    }
    byte[] digits = digits(characters);
    if (luhn && luhnSum(digits) != TOKEN_SUM) {
      throw TokenFailures.notValid("It is not a token of this data element.");
    }
    byte[] middle = middle(digits);
    byte[] iv = tweaks.of(token, externalIv);
    if (invalidType) {
      requireStart(middle, OTHER_STARTS, "Card type must be invalid input.");
      middle[0] = (byte) CARD_STARTS.charAt(OTHER_STARTS.indexOf(middle[0]));
      do {
        cipher.decrypt(middle, middle.length, iv);
      } while (CARD_STARTS.indexOf(middle[0]) < 0);
    } else {
      cipher.decrypt(middle, middle.length, iv);
    }
    return new String(text(digits, middle, VALID_SUM));
  }

  private static void requireStart(byte[] middle, String starts, String because) {
    if (starts.indexOf(middle[0]) < 0) {
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

  private static byte[] digits(char[] value) {
    var digits = new byte[value.length];
    for (int i = 0; i < value.length; i++) {
      int digit = Alphabet.DIGITS.number(value[i]);
      if (digit < 0) {
        throw TokenFailures.notValid("Invalid input for the creditcard token type.");
      }
      digits[i] = (byte) digit;
    }
    return digits;
  }

  /** The digits that go through the tables. */
  private byte[] middle(byte[] digits) {
    int length = digits.length - ends.fromLeft() - ends.fromRight() - (luhn ? 1 : 0);
    var middle = new byte[length];
    System.arraycopy(digits, ends.fromLeft(), middle, 0, length);
    return middle;
  }

  private char[] text(byte[] digits, byte[] middle, int luhnSum) {
    System.arraycopy(middle, 0, digits, ends.fromLeft(), middle.length);
    if (luhn) {
      int chosen = ends.fromLeft() + middle.length;
      digits[chosen] = 0;
      while (luhnSum(digits) != luhnSum) {
        digits[chosen]++;
      }
    }
    var text = new char[digits.length];
    for (int i = 0; i < digits.length; i++) {
      text[i] = (char) ('0' + digits[i]);
    }
    return text;
  }

  /** The Luhn sum (ISO/IEC 7812-1, annex B) modulo 10; each digit alone can give it any value. */
  private static int luhnSum(byte[] digits) {
    int sum = 0;
    boolean doubled = false;
    for (int i = digits.length - 1; i >= 0; i--) {
      int weighted = doubled ? digits[i] * 2 : digits[i];
      sum += weighted > 9 ? weighted - 9 : weighted;
      doubled = !doubled;
    }
    return sum % 10;
  }
}
