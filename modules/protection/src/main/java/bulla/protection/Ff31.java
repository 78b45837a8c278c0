package bulla.protection;

import bulla.secrets.SecretBytes;
import java.math.BigInteger;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decryption of FF3-1 (first draft of NIST SP 800-38G r1), so that data can be moved to {@link
 * Ff1}. There is no encryption on purpose: attacks on its tweak schedule made NIST drop the method
 * in the second draft. Immutable and safe for use by several threads.
 */
public final class Ff31 {
  private static final int ROUNDS = 8;
  private static final int TWEAK = 7;

  private final BigInteger radix;
  private final int maxLength;
  private final SecretKeySpec key;

  private Ff31(int radix, SecretKeySpec key) {
    this.radix = BigInteger.valueOf(radix);
    this.maxLength = 2 * (int) Math.floor(96 * Math.log(2) / Math.log(radix) + 1e-9);
    this.key = key;
  }

  /**
   * FF3-1 for one radix and key.
   *
   * @param radix 2 to 65536
   * @param key 16, 24 or 32 bytes, which are copied
   * @throws IllegalArgumentException for another radix or key length
   */
  public static Ff31 of(int radix, SecretBytes key) {
    if (radix < 2 || radix > 65536) {
      throw new IllegalArgumentException("The radix of FF3-1 is 2 to 65536, not " + radix);
    }
    if (key.length() != 16 && key.length() != 24 && key.length() != 32) {
      throw new IllegalArgumentException(
          "A key of AES has 16, 24 or 32 bytes, not " + key.length());
    }
    // The standard uses the key with its bytes in reverse order.
    return new Ff31(radix, key.with(bytes -> new SecretKeySpec(reversed(bytes), "AES")));
  }

  /**
   * The numerals that were encrypted.
   *
   * @param numerals with radix^length >= 1,000,000 and at most 2 * floor(log(2^96) / log(radix));
   *     not altered
   * @param tweak 7 bytes
   * @throws IllegalArgumentException when a condition does not hold
   */
  public int[] decrypt(int[] numerals, byte[] tweak) {
    if (tweak.length != TWEAK) {
      throw new IllegalArgumentException("A tweak of FF3-1 has 7 bytes, not " + tweak.length);
    }
    var halves = new byte[8];
    System.arraycopy(tweak, 0, halves, 0, 4);
    halves[3] &= (byte) 0xf0;
    System.arraycopy(tweak, 4, halves, 4, 3);
    halves[7] = (byte) (tweak[3] << 4);
    return decryptWithHalves(numerals, halves);
  }

  /** Decrypts with the two halves of the tweak as they are, as FF3 did. */
  int[] decryptWithHalves(int[] numerals, byte[] halves) {
    int length = numerals.length;
    if (length > maxLength || Math.pow(radix.intValue(), length) < 1_000_000) {
      throw new IllegalArgumentException(
          "FF3-1 needs a domain of 1,000,000 values and at most " + maxLength + " numerals");
    }
    for (int numeral : numerals) {
      if (numeral < 0 || numeral >= radix.intValue()) {
        throw new IllegalArgumentException("A numeral is not in 0 to " + (radix.intValue() - 1));
      }
    }
    int left = (length + 1) / 2;
    BigInteger a = number(numerals, 0, left);
    BigInteger b = number(numerals, left, length);
    Cipher aes = Aes.encryptor(key);
    for (int round = ROUNDS - 1; round >= 0; round--) {
      boolean even = (round & 1) == 0;
      BigInteger modulus = radix.pow(even ? left : length - left);
      BigInteger taken = round(aes, halves, even ? 4 : 0, round, a);
      BigInteger next = b.subtract(taken).mod(modulus);
      b = a;
      a = next;
    }
    var result = new int[length];
    write(result, 0, left, a);
    write(result, left, length, b);
    return result;
  }

  /** The round function, with all strings of bytes in reverse order as the standard has it. */
  private static BigInteger round(Cipher aes, byte[] halves, int half, int round, BigInteger a) {
    var block = new byte[Aes.BLOCK];
    System.arraycopy(halves, half, block, 0, 4);
    block[3] ^= (byte) round;
    byte[] number = a.toByteArray();
    for (int i = number.length - 1, at = Aes.BLOCK - 1; i >= 0 && at >= 4; i--, at--) {
      block[at] = number[i];
    }
    byte[] encrypted = aes.update(reversed(block));
    return new BigInteger(1, reversed(encrypted));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = Arrays.copyOf(bytes, bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** The number whose least significant numeral comes first. */
  private BigInteger number(int[] numerals, int from, int to) {
    BigInteger number = BigInteger.ZERO;
    for (int i = to - 1; i >= from; i--) {
      number = number.multiply(radix).add(BigInteger.valueOf(numerals[i]));
    }
    return number;
  }

  private void write(int[] numerals, int from, int to, BigInteger number) {
    BigInteger rest = number;
    for (int i = from; i < to; i++) {
      BigInteger[] parts = rest.divideAndRemainder(radix);
      numerals[i] = parts[1].intValue();
      rest = parts[0];
    }
  }
}
