package bulla.protection;

import java.util.Arrays;
import java.util.BitSet;

/** Tokens of integers in two's complement, big endian; their text is decimal. */
final class IntegerTokens implements TextProtection {
  /** That of the smallest number of 64 bits. */
  private static final int MAX_LENGTH = 20;

  private final SymbolCipher cipher;
  private final int size;

  IntegerTokens(SymbolCipher cipher, IntegerToken method) {
    this.cipher = cipher;
    this.size = method.size();
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
    long number = number(value);
    byte[] bytes = Scratch.own().symbols;
    try {
      for (int i = size - 1; i >= 0; i--) {
        bytes[i] = (byte) number;
        number >>= 8;
      }
      if (protect) {
        cipher.encrypt(bytes, size, externalIv);
      } else {
        cipher.decrypt(bytes, size, externalIv);
      }
      long converted = bytes[0];
      for (int i = 1; i < size; i++) {
        converted = converted << 8 | (bytes[i] & 0xff);
      }
      return Long.toString(converted);
    } finally {
      Arrays.fill(bytes, 0, size, (byte) 0);
    }
  }

  /** Only the one spelling that a number is given back in. */
  private long number(String value) {
    if (!isUsualSpelling(value)) {
      throw notValid();
    }
    long number;
    try {
      number = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw notValid();
    }
    int unused = 64 - 8 * size;
    if (number << unused >> unused != number) {
      throw notValid();
    }
    return number;
  }

  /** Whether it is short enough and has no plus sign, leading zero or digit of other scripts. */
  private static boolean isUsualSpelling(String value) {
    int first = value.charAt(0) == '-' ? 1 : 0;
    if (value.length() == first || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = first; i < value.length(); i++) {
      if (Alphabet.DIGITS.number(value.charAt(i)) < 0) {
        return false;
      }
    }
    return value.charAt(first) != '0' || value.equals("0");
  }

  private ProtectionException notValid() {
    return TokenFailures.notValid(
        "It is not an integer of " + size + " bytes, without leading zeros or plus sign.");
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Protection.everyPosition(clear);
  }
}
