package bulla.protection;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * Unbiased numbers from AES-256 in counter mode: the 16-byte counter blocks {@code start}, {@code
 * start + 1}, ... (big endian, modulo 2^128) are encrypted, and the result is read as unsigned
 * 32-bit words, big endian. Not thread-safe.
 */
final class UniformStream {
  private static final int BLOCK = 16;
  private static final long WORDS = 1L << 32;

  private final Cipher aes;
  private final byte[] counters;
  private final byte[] words;
  private long high;
  private long low;
  private int end;
  private int next;

  /**
   * @param aes AES in ECB mode without padding, ready to encrypt
   * @param blocks how many blocks are encrypted at a time, at most; of no influence on the numbers
   */
  UniformStream(Cipher aes, int blocks) {
    this.aes = aes;
    this.counters = new byte[blocks * BLOCK];
    this.words = new byte[blocks * BLOCK];
  }

  /**
   * Begins anew.
   *
   * @param expected about how many numbers will be wanted; of no influence on them
   */
  UniformStream restart(byte[] start, int expected) {
    high = BigEndian.readLong(start, 0);
    low = BigEndian.readLong(start, 8);
    end = Math.min(words.length, (expected / 4 + 1) * BLOCK);
    next = end;
    return this;
  }

  /**
   * A number from 0 to {@code bound - 1}, each equally likely: the next word modulo {@code bound},
   * where words of the incomplete last run below 2^32 are skipped.
   */
  int below(int bound) {
    long word = word();
    // Whatever is below the first bound lies in a complete run, which spares it a division.
    while (word >= WORDS - bound && word >= WORDS / bound * bound) {
      word = word();
    }
    return (int) (word % bound);
  }

  /** Forgets where it began. */
  void wipe() {
    Arrays.fill(counters, (byte) 0);
    Arrays.fill(words, (byte) 0);
    high = 0;
    low = 0;
  }

  private long word() {
    if (next == end) {
      refill();
    }
    long word = BigEndian.readInt(words, next) & 0xffffffffL;
    next += Integer.BYTES;
    return word;
  }

  private void refill() {
    for (int at = 0; at < end; at += BLOCK) {
      BigEndian.writeLong(counters, at, high);
      BigEndian.writeLong(counters, at + 8, low);
      low++;
      if (low == 0) {
        high++;
      }
    }
    try {
      aes.update(counters, 0, end, words, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's AES does not encrypt", e);
    }
    next = 0;
  }
}
