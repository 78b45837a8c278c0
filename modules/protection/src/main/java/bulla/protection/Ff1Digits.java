package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.Arrays;

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
    convert(digits, length, tweak, true);
  }

  @Override
  public void decrypt(byte[] digits, int length, byte[] tweak) {
    convert(digits, length, tweak, false);
  }

  private void convert(byte[] digits, int length, byte[] tweak, boolean encrypt) {
    int[] numerals = Scratch.of(0, length).numerals;
    try {
      SymbolCipher.copy(digits, numerals, length);
      if (encrypt) {
        ff1.encryptInPlace(numerals, length, tweak);
      } else {
        ff1.decryptInPlace(numerals, length, tweak);
      }
      SymbolCipher.copy(numerals, digits, length);
    } finally {
      // Of a longer value there is nothing else in these arrays, and nobody else wipes them.
      Arrays.fill(numerals, 0, length, 0);
    }
  }
}
