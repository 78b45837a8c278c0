package bulla.protection;

import java.nio.ByteBuffer;
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
    int end = clear.length - fromRight;
    byte[] middle = Arrays.copyOf(Arrays.copyOfRange(clear, fromLeft, end), end - fromLeft + 1);
    cipher.encrypt(middle, middle.length, iv(clear, externalIv));
    return joined(clear, middle, middle.length);
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    requireLength(sealed.length - 1, MAX);
    byte[] middle = Arrays.copyOfRange(sealed, fromLeft, sealed.length - fromRight);
    cipher.decrypt(middle, middle.length, iv(sealed, externalIv));
    if (middle[middle.length - 1] != 0) {
      throw TokenFailures.notValid("It is not a token of this data element.");
    }
    return joined(sealed, middle, middle.length - 1);
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
    return ByteBuffer.allocate(fromLeft + length + fromRight)
        .put(ends, 0, fromLeft)
        .put(middle, 0, length)
        .put(ends, ends.length - fromRight, fromRight)
        .array();
  }

  /** As {@link ClearEnds#iv}, of bytes. */
  private byte[] iv(byte[] value, byte[] external) {
    TokenFailures.requireIv(external, ReturnCode.INPUT_OUT_OF_LIMITS);
    if (fromLeft + fromRight == 0) {
      return external;
    }
    return ByteBuffer.allocate(4 + external.length + fromLeft + fromRight)
        .putShort((short) external.length)
        .put(external)
        .putShort((short) fromLeft)
        .put(value, 0, fromLeft)
        .put(value, value.length - fromRight, fromRight)
        .array();
  }
}
