package bulla.protection;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * FF1 by the numbered steps of NIST SP 800-38G, algorithms 7 and 8, and nothing else: no numbers of
 * 64 bits, nothing kept from one value to the next, its own way into the platform's AES. What
 * {@link Ff1} gives is compared with it. The letters are those of the standard.
 */
final class PlainFf1 {
  private static final int BLOCK = 16;

  private final BigInteger radix;
  private final SecretKeySpec key;
  private final Cipher cipher;

  PlainFf1(int radix, byte[] key) {
    this.radix = BigInteger.valueOf(radix);
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/CBC/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform has no AES in CBC", e);
    }
  }

  int[] encrypt(int[] x, byte[] tweak) {
    int n = x.length;
    int u = n / 2;
    int v = n - u;
    int[] a = Arrays.copyOfRange(x, 0, u);
    int[] b = Arrays.copyOfRange(x, u, n);
    for (int i = 0; i <= 9; i++) {
      int m = i % 2 == 0 ? u : v;
      BigInteger y = num(roundBytes(n, tweak, i, b));
      BigInteger c = numeral(a).add(y).mod(radix.pow(m));
      a = b;
      b = str(c, m);
    }
    return joined(a, b);
  }

  int[] decrypt(int[] x, byte[] tweak) {
    int n = x.length;
    int u = n / 2;
    int v = n - u;
    int[] a = Arrays.copyOfRange(x, 0, u);
    int[] b = Arrays.copyOfRange(x, u, n);
    for (int i = 9; i >= 0; i--) {
      int m = i % 2 == 0 ? u : v;
      BigInteger y = num(roundBytes(n, tweak, i, a));
      BigInteger c = numeral(b).subtract(y).mod(radix.pow(m));
      b = a;
      a = str(c, m);
    }
    return joined(a, b);
  }

  /** Steps 3 to 6.iii: the d bytes S of one round. */
  private byte[] roundBytes(int n, byte[] tweak, int i, int[] half) {
    int v = n - n / 2;
    int t = tweak.length;
    // ceil(v LOG2(radix)) are the bits of the largest number of v numerals.
    int bits = radix.pow(v).subtract(BigInteger.ONE).bitLength();
    int b = ceiling(bits, 8);
    int d = 4 * ceiling(b, 4) + 4;
    ByteBuffer p = ByteBuffer.allocate(BLOCK);
    p.put((byte) 1).put((byte) 2).put((byte) 1);
    p.put(fixed(radix, 3)).put((byte) 10).put((byte) (n / 2 % 256)).putInt(n).putInt(t);
    int zeros = Math.floorMod(-t - b - 1, BLOCK);
    ByteBuffer q = ByteBuffer.allocate(t + zeros + 1 + b);
    q.put(tweak).put(new byte[zeros]).put((byte) i).put(fixed(numeral(half), b));
    byte[] r = prf(ByteBuffer.allocate(BLOCK + q.capacity()).put(p.array()).put(q.array()).array());
    ByteBuffer s = ByteBuffer.allocate(ceiling(d, BLOCK) * BLOCK).put(r);
    for (int j = 1; j < ceiling(d, BLOCK); j++) {
      byte[] counter = fixed(BigInteger.valueOf(j), BLOCK);
      for (int k = 0; k < BLOCK; k++) {
        counter[k] ^= r[k];
      }
      s.put(prf(counter));
    }
    return Arrays.copyOf(s.array(), d);
  }

  /** Algorithm 6: the last block of CBC from a block of zeros. For one block it is CIPH itself. */
  private byte[] prf(byte[] blocks) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
      byte[] encrypted = cipher.doFinal(blocks);
      return Arrays.copyOfRange(encrypted, encrypted.length - BLOCK, encrypted.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's AES in CBC does not encrypt", e);
    }
  }

  private static int ceiling(int number, int divisor) {
    return (number + divisor - 1) / divisor;
  }

  /** Algorithm 1, NUM_radix. */
  private BigInteger numeral(int[] x) {
    BigInteger number = BigInteger.ZERO;
    for (int numeral : x) {
      number = number.multiply(radix).add(BigInteger.valueOf(numeral));
    }
    return number;
  }

  /** Algorithm 2, NUM. */
  private static BigInteger num(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  /** Algorithm 3, STR^m_radix. */
  private int[] str(BigInteger number, int m) {
    var numerals = new int[m];
    BigInteger rest = number;
    for (int i = m - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(radix);
      numerals[i] = parts[1].intValueExact();
      rest = parts[0];
    }
    return numerals;
  }

  /** A number in so many bytes. */
  private static byte[] fixed(BigInteger number, int bytes) {
    var fixed = new byte[bytes];
    BigInteger rest = number;
    for (int i = bytes - 1; i >= 0; i--) {
      fixed[i] = rest.byteValue();
      rest = rest.shiftRight(8);
    }
    return fixed;
  }

  private static int[] joined(int[] a, int[] b) {
    int[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}
