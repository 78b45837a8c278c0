package bulla.protection;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * Unbiased numbers from AES-256 in counter mode: the 16-byte counter blocks {@code start}, {@code
 * start + 1}, ... (big endian, modulo 2^128) are encrypted, and the result is read as unsigned
 * 32-bit words, big endian. Not thread-safe.
 */
final class UniformStream {
  private static final int BLOCK = 16;

  private final Cipher aes;
  private final byte[] counters;
  private final byte[] words;
  private long high;
  private long low;
  private int next;

  /**
   * @param aes AES in ECB mode without padding, ready to encrypt
   * @param blocks how many blocks are encrypted at a time; of no influence on the numbers
   */
  UniformStream(Cipher aes, byte[] start, int blocks) {
    this.aes = aes;
    this.counters = new byte[blocks * BLOCK];
    this.words = new byte[blocks * BLOCK];
    this.next = words.length;
    this.high = BigEndian.readLong(start, 0);
    this.low = BigEndian.readLong(start, 8);
  }

  /**
   * A number from 0 to {@code bound - 1}, each equally likely: the next word modulo {@code bound},
   * where words of the incomplete last run below 2^32 are skipped.
   */
  int below(int bound) {
    long complete = (1L << 32) / bound * bound;
    long word = word();
    while (word >= complete) {
      word = word();
    }
    return (int) (word % bound);
  }

  private long word() {
    if (next == words.length) {
      refill();
    }
    long word = BigEndian.readInt(words, next) & 0xffffffffL;
    next += Integer.BYTES;
    return word;
  }

  private void refill() {
    for (int at = 0; at < counters.length; at += BLOCK) {
      BigEndian.writeLong(counters, at, high);
      BigEndian.writeLong(counters, at + 8, low);
      low++;
      if (low == 0) {
        high++;
      }
    }
    try {
      aes.update(counters, 0, counters.length, words, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's AES does not encrypt", e);
    }
    next = 0;
  }
}
