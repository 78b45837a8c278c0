package bulla.protection;

import bulla.secrets.SecretBytes;

/** FF1 on decimal digits. */
final class Ff1Digits implements DigitCipher {
  private final Ff1 ff1;
  private final int minLength;

  Ff1Digits(int minLength, SecretBytes key) {
    this.ff1 = Ff1.of(10, key);
    this.minLength = minLength;
  }

  @Override
  public int block() {
    return minLength;
  }

  @Override
  public void encrypt(byte[] digits, int length, byte[] tweak) {
    int[] numerals = numerals(digits, length);
    ff1.encryptInPlace(numerals, length, tweak);
    SymbolCipher.copy(numerals, digits, length);
  }

  @Override
  public void decrypt(byte[] digits, int length, byte[] tweak) {
    int[] numerals = numerals(digits, length);
    ff1.decryptInPlace(numerals, length, tweak);
    SymbolCipher.copy(numerals, digits, length);
  }

  /** Whoever calls has the value in the same thread's arrays, and wipes them. */
  private static int[] numerals(byte[] digits, int length) {
    int[] numerals = length > Scratch.LENGTH ? new int[length] : Scratch.own().numerals;
    SymbolCipher.copy(digits, numerals, length);
    return numerals;
  }
}
