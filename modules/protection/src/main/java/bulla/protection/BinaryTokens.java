package bulla.protection;

import java.util.Arrays;

/**
 * Tokens of bytes: a zero byte behind the value takes part, and says on the way back if it fits.
 */
final class BinaryTokens implements ByteProtection {
  private static final int MAX = SymbolCipher.MAX_LENGTH - 1;

  private final SymbolCipher cipher;
  private final int fromLeft;
  private final int fromRight;

  BinaryTokens(SymbolCipher cipher, BinaryToken method) {
    this.cipher = cipher;
    this.fromLeft = method.fromLeft();
    this.fromRight = method.fromRight();
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    requireLength(clear.length, MAX);
    return convert(clear, externalIv, true);
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    requireLength(sealed.length - 1, MAX);
    return convert(sealed, externalIv, false);
  }

  private byte[] convert(byte[] value, byte[] externalIv, boolean protect) {
    int count = value.length - fromLeft - fromRight;
    byte[] middle = Scratch.of(0, count + 1).symbols;
    try {
      System.arraycopy(value, fromLeft, middle, 0, count);
      byte[] iv = iv(value, externalIv);
      if (protect) {
        middle[count] = 0;
        cipher.encrypt(middle, count + 1, iv);
        return joined(value, middle, count + 1);
      }
      cipher.decrypt(middle, count, iv);
      if (middle[count - 1] != 0) {
        throw TokenFailures.notValid("It is not a token of this data element.");
      }
      return joined(value, middle, count - 1);
    } finally {
      Arrays.fill(middle, 0, count + 1, (byte) 0);
    }
  }

  private void requireLength(int length, int most) {
    if (length - fromLeft - fromRight < cipher.block()) {
      throw TokenFailures.tooShort("It needs " + cipher.block() + " bytes that do not stay clear.");
    }
    if (length > most) {
      throw TokenFailures.tooLong("It may have " + most + " bytes.");
    }
  }

  private byte[] joined(byte[] ends, byte[] middle, int length) {
    var joined = new byte[fromLeft + length + fromRight];
    System.arraycopy(ends, 0, joined, 0, fromLeft);
    System.arraycopy(middle, 0, joined, fromLeft, length);
    System.arraycopy(ends, ends.length - fromRight, joined, fromLeft + length, fromRight);
    return joined;
  }

  /** As {@link ClearEnds#iv}, of bytes. */
  private byte[] iv(byte[] value, byte[] external) {
    TokenFailures.requireIv(external, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (fromLeft + fromRight == 0) {
      return external;
    }
    int leftAt = 4 + external.length;
    byte[] iv = Scratch.own().iv(leftAt + fromLeft + fromRight);
    BigEndian.writeShort(iv, 0, external.length);
    System.arraycopy(external, 0, iv, 2, external.length);
    BigEndian.writeShort(iv, 2 + external.length, fromLeft);
    System.arraycopy(value, 0, iv, leftAt, fromLeft);
    System.arraycopy(value, value.length - fromRight, iv, leftAt + fromLeft, fromRight);
    return iv;
  }
}
