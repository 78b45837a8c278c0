package bulla.protection;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Up to {@link #LANES} values of one length that go through each round of FF1 together: one
 * thread's, for all its keys. Each step is a short loop of its own over plain arrays, so that the
 * platform computes with several lanes at a time. All take 45 kB. Whoever puts values into them
 * wipes them again.
 */
final class Ff1Lanes {
  /** How many values go together: what a round works on, 14 kB, stays in the first-level cache. */
  static final int LANES = 256;

  /**
   * With fewer, a step takes one value after the other. The platform compiles a loop for the number
   * of turns that it took at first: without this, a process that began with arrays of two would
   * take all that come without vectors.
   */
  private static final int MANY = 16;

  /** The longest text that is narrow with ten symbols or more. */
  static final int MAX_LENGTH = 36;

  static final ThreadLocal<Ff1Lanes> OWN = ThreadLocal.withInitial(Ff1Lanes::new);

  /** The texts that wait, one behind the other. */
  final char[] texts = new char[LANES * MAX_LENGTH];

  /** The same in ISO 8859-1, and then their results. */
  final byte[] characters = new byte[LANES * MAX_LENGTH];

  /** The halves of the values as numbers. */
  final long[] left = new long[LANES];

  final long[] right = new long[LANES];

  /** What a step computes. */
  final long[] numbers = new long[LANES];

  /** Negative where something of a value is no numeral. */
  final long[] signs = new long[LANES];

  /** The blocks that AES encrypts, and what it makes of them. */
  final byte[] in = new byte[LANES * Aes.BLOCK];

  final byte[] out = new byte[LANES * Aes.BLOCK];

  private final int[] indexes = new int[LANES];
  private final CharsetEncoder encoder = StandardCharsets.ISO_8859_1.newEncoder();
  private final CharBuffer unencoded = CharBuffer.wrap(texts);
  private final ByteBuffer encoded = ByteBuffer.wrap(characters);
  private int count;
  private int mostUsed;

  private Ff1Lanes() {}

  /** This thread's lanes. */
  static Ff1Lanes own() {
    return OWN.get();
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count == LANES;
  }

  /** Which of the caller's values a lane has. */
  int index(int lane) {
    return indexes[lane];
  }

  /** Adds a text, as long as those that are there. */
  void add(int index, String text) {
    int length = text.length();
    text.getChars(0, length, texts, count * length);
    indexes[count++] = index;
  }

  /** Makes room for other texts. */
  void clear() {
    count = 0;
  }

  /**
   * Reads the texts that were added.
   *
   * @return whether each of them consists of symbols; if not, see {@link #isRead}
   */
  boolean readTexts(int length, ByteSymbols symbols, int radix) {
    encode(length);
    return read(characters, 0, count, length, symbols, radix);
  }

  /**
   * Encodes the texts. One with a character that does not exist there becomes zeros, and U+0000 is
   * no symbol of any alphabet.
   */
  private void encode(int length) {
    int end = count * length;
    unencoded.limit(end).position(0);
    encoded.limit(end).position(0);
    while (!encoder.reset().encode(unencoded, encoded, true).isUnderflow()) {
      int start = unencoded.position() / length * length;
      Arrays.fill(texts, start, start + length, '\0');
      unencoded.position(start);
      encoded.position(start);
    }
  }

  /** Whether a lane has a value of symbols alone. */
  boolean isRead(int lane) {
    return signs[lane] >= 0;
  }

  /** Drops the values that are not. */
  void dropUnread() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (isRead(i)) {
        left[kept] = left[i];
        right[kept] = right[i];
        indexes[kept++] = indexes[i];
      }
    }
    count = kept;
  }

  /**
   * Reads values that lie one behind the other from an index on.
   *
   * @return whether all bytes stand for numerals
   */
  boolean read(byte[] source, int start, int values, int length, ByteSymbols symbols, int radix) {
    count = values;
    mostUsed = Math.max(mostUsed, values);
    Arrays.fill(signs, 0, values, 0);
    int middle = length / 2;
    read(left, source, start, middle, length, symbols.numerals, radix);
    read(right, source, start + middle, length - middle, length, symbols.numerals, radix);
    for (int i = 0; i < values; i++) {
      if (signs[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void read(
      long[] half, byte[] source, int start, int digits, int distance, long[] numerals, int radix) {
    if (count < MANY) {
      for (int i = 0, at = start; i < count; i++, at += distance) {
        half[i] = number(source, at, at + digits, numerals, radix, i);
      }
      return;
    }
    Arrays.fill(half, 0, count, 0);
    for (int place = start; place < start + digits; place++) {
      for (int i = 0, at = place; i < count; i++, at += distance) {
        numbers[i] = numerals[source[at] & 0xff];
      }
      append(half, radix);
    }
  }

  private long number(byte[] source, int from, int to, long[] numerals, int radix, int lane) {
    long number = 0;
    for (int at = from; at < to; at++) {
      long numeral = numerals[source[at] & 0xff];
      number = number * radix + numeral;
      signs[lane] |= numeral;
    }
    return number;
  }

  private void append(long[] half, long radix) {
    for (int i = 0; i < count; i++) {
      long numeral = numbers[i];
      half[i] = half[i] * radix + numeral;
      signs[i] |= numeral;
    }
  }

  /** Sets the first word of each block. */
  void setHigh(long high) {
    for (int i = 0, at = 0; i < count; i++, at += Aes.BLOCK) {
      BigEndian.writeLong(in, at, high);
    }
  }

  /**
   * Sets the second word of each block, in which there is room for the half that a round does not
   * change.
   */
  void setLow(boolean changesLeft, long low) {
    long[] source = changesLeft ? right : left;
    for (int i = 0, at = Long.BYTES; i < count; i++, at += Aes.BLOCK) {
      BigEndian.writeLong(in, at, low ^ source[i]);
    }
  }

  /**
   * Changes the half that a round changes by what AES made of the blocks.
   *
   * @param roundBytes how much of each block counts: eight bytes where no half exceeds 2^32, else
   *     twelve
   */
  void change(boolean changesLeft, Modulus modulus, int roundBytes, boolean encrypt) {
    long[] target = changesLeft ? left : right;
    boolean word = roundBytes == Long.BYTES;
    if (!word || count < MANY) {
      for (int i = 0, at = 0; i < count; i++, at += Aes.BLOCK) {
        long high = BigEndian.readLong(out, at);
        long remainder =
            word
                ? modulus.remainder(high)
                : modulus.remainder(high, BigEndian.readInt(out, at + Long.BYTES));
        target[i] =
            encrypt
                ? modulus.reduced(target[i] + remainder)
                : modulus.raised(target[i] - remainder);
      }
      return;
    }
    for (int i = 0, at = 0; i < count; i++, at += Aes.BLOCK) {
      numbers[i] = BigEndian.readLong(out, at);
    }
    modulus.remainders(numbers, count);
    if (encrypt) {
      modulus.add(target, numbers, count);
    } else {
      modulus.subtract(target, numbers, count);
    }
  }

  /**
   * Writes the values one behind the other from an index on. They may be lost here.
   *
   * @param below a number that no half reaches
   * @param square the square of the radix
   */
  void write(int length, long below, Divisor square, ByteSymbols symbols, byte[] into, int start) {
    int middle = length / 2;
    write(left, below, into, start, middle, length, square, symbols.pairs);
    write(right, below, into, start + middle, length - middle, length, square, symbols.pairs);
  }

  // Two numerals at a time, from the last.
  private void write(
      long[] half,
      long below,
      byte[] into,
      int start,
      int digits,
      int distance,
      Divisor square,
      short[] pairs) {
    if (count < MANY) {
      for (int i = 0, at = start; i < count; i++, at += distance) {
        write(half[i], into, at, at + digits, square, pairs);
      }
      return;
    }
    long limit = below;
    int place = start + digits - 2;
    for (; place >= start; place -= 2) {
      square.divide(half, numbers, count, limit);
      limit = limit / square.value + 1;
      for (int i = 0, at = place; i < count; i++, at += distance) {
        BigEndian.writeShort(into, at, pairs[(int) numbers[i]]);
      }
    }
    if (place + 1 == start) {
      for (int i = 0, at = start; i < count; i++, at += distance) {
        into[at] = (byte) pairs[(int) half[i]];
      }
    }
  }

  private static void write(
      long number, byte[] into, int from, int to, Divisor square, short[] pairs) {
    long rest = number;
    int at = to - 2;
    for (; at >= from; at -= 2) {
      long quotient = square.quotient(rest);
      BigEndian.writeShort(into, at, pairs[(int) (rest - quotient * square.value)]);
      rest = quotient;
    }
    if (at + 1 == from) {
      into[from] = (byte) pairs[(int) rest];
    }
  }

  /** Wipes what has been used since the last time. */
  void wipe() {
    mostUsed = Math.max(mostUsed, count);
    Arrays.fill(texts, 0, mostUsed * MAX_LENGTH, '\0');
    Arrays.fill(characters, 0, mostUsed * MAX_LENGTH, (byte) 0);
    for (long[] numbersOfLanes : new long[][] {left, right, numbers, signs}) {
      Arrays.fill(numbersOfLanes, 0, mostUsed, 0);
    }
    Arrays.fill(in, 0, mostUsed * Aes.BLOCK, (byte) 0);
    Arrays.fill(out, 0, mostUsed * Aes.BLOCK, (byte) 0);
    count = 0;
    mostUsed = 0;
  }
}
