package bulla.protection;

import bulla.secrets.SecretBytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * FF1, the format preserving encryption of NIST SP 800-38G, with AES-128, AES-192 or AES-256. A
 * value is a string of numerals, each from 0 to radix - 1. Immutable and safe for use by several
 * threads.
 *
 * <p>Where both halves of a value fit into 61 bits, they are computed with as numbers of 64 bits,
 * and everything that the length and the tweak fix is computed once: a value then costs ten AES
 * blocks. Halves of up to 120 bits (72 digits, 40 characters of radix 62) are numbers of 128 bits
 * and cost ten AES blocks or twenty. Longer values take numbers of any size.
 *
 * <p>Many values of one length go through each round together ({@link #encryptAll}), so that the
 * processor encrypts several blocks at a time; the results are the same.
 */
public final class Ff1 {
  private static final int ROUNDS = 10;
  private static final int KEPT_LENGTH = 128;
  private static final int MAX_NARROW_BITS = 61;

  /** With more, a half and the round's number would not fit into one block. */
  private static final int MAX_MIDDLE_BITS = 120;

  private final int radix;

  /** The radix, and its square: numbers are read and written two numerals at a time. */
  private final Divisor one;

  private final Divisor two;
  private final BigInteger wideRadix;
  private final ThreadLocal<Blocks> blocks;
  private final AtomicReferenceArray<Halves> byLength = new AtomicReferenceArray<>(KEPT_LENGTH + 1);
  private final AtomicReferenceArray<Start> withoutTweak =
      new AtomicReferenceArray<>(KEPT_LENGTH + 1);

  /** Numerals that are bytes, once there was a column. */
  private volatile ByteSymbols bytes;

  private Ff1(int radix, SecretKeySpec key) {
    this.radix = radix;
    this.one = new Divisor(radix);
    this.two = new Divisor((long) radix * radix);
    this.wideRadix = BigInteger.valueOf(radix);
    this.blocks = ThreadLocal.withInitial(() -> new Blocks(Aes.encryptor(key)));
  }

  /**
   * FF1 for one radix and key.
   *
   * @param radix 2 to 65536
   * @param key 16, 24 or 32 bytes, which are copied
   * @throws IllegalArgumentException for another radix or key length
   */
  public static Ff1 of(int radix, SecretBytes key) {
    if (radix < 2 || radix > 65536) {
      throw new IllegalArgumentException("The radix of FF1 is 2 to 65536, not " + radix);
    }
    if (key.length() != 16 && key.length() != 24 && key.length() != 32) {
      throw new IllegalArgumentException(
          "A key of AES has 16, 24 or 32 bytes, not " + key.length());
    }
    return new Ff1(radix, key.with(bytes -> new SecretKeySpec(bytes, "AES")));
  }

  /**
   * The encrypted numerals, as many as there were.
   *
   * @param numerals at least two, with radix^length >= 100; not altered
   * @param tweak any bytes; an empty array for none
   * @throws IllegalArgumentException when there are too few numerals, one is out of range, or the
   *     tweak is null. NIST SP 800-38G r1 asks for radix^length >= 1,000,000: that is the caller's
   *     to enforce
   */
  public int[] encrypt(int[] numerals, byte[] tweak) {
    requireTweak(tweak);
    int[] result = checked(numerals);
    encryptInPlace(result, result.length, tweak);
    return result;
  }

  /** Undoes {@link #encrypt}, with the same conditions. */
  public int[] decrypt(int[] numerals, byte[] tweak) {
    requireTweak(tweak);
    int[] result = checked(numerals);
    decryptInPlace(result, result.length, tweak);
    return result;
  }

  // Taking it for an empty one would hide that a tweak was forgotten.
  private static void requireTweak(byte[] tweak) {
    if (tweak == null) {
      throw new IllegalArgumentException("The tweak is null; an empty array is none");
    }
  }

  private int[] checked(int[] numerals) {
    if (numerals.length < 2 || Math.pow(radix, numerals.length) < 100) {
      throw new IllegalArgumentException("FF1 needs two numerals and a domain of 100 values");
    }
    for (int numeral : numerals) {
      if (numeral < 0 || numeral >= radix) {
        throw new IllegalArgumentException("A numeral is not in 0 to " + (radix - 1));
      }
    }
    return numerals.clone();
  }

  /** Encrypts the first {@code length} numerals, which are in range. */
  void encryptInPlace(int[] numerals, int length, byte[] tweak) {
    Halves halves = halves(length);
    if (halves.narrow) {
      encryptNarrow(numerals, halves, tweak);
    } else if (halves.middle) {
      encryptMiddle(numerals, halves, tweak);
    } else {
      encryptWide(numerals, length, tweak);
    }
  }

  /** Decrypts the first {@code length} numerals, which are in range. */
  void decryptInPlace(int[] numerals, int length, byte[] tweak) {
    Halves halves = halves(length);
    if (halves.narrow) {
      decryptNarrow(numerals, halves, tweak);
    } else if (halves.middle) {
      decryptMiddle(numerals, halves, tweak);
    } else {
      decryptWide(numerals, length, tweak);
    }
  }

  private void encryptNarrow(int[] numerals, Halves halves, byte[] tweak) {
    Blocks aes = ownBlocks();
    try {
      Start start = start(aes, halves, tweak);
      long a = number(numerals, 0, halves.left);
      long b = number(numerals, halves.left, halves.length);
      for (int round = 0; round < ROUNDS; round++) {
        Modulus modulus = halves.modulus(round);
        long sum = a + round(aes, halves, start, round, b, modulus);
        a = b;
        b = modulus.reduced(sum);
      }
      write(numerals, 0, halves.left, a);
      write(numerals, halves.left, halves.length, b);
    } finally {
      aes.wipe();
    }
  }

  private void decryptNarrow(int[] numerals, Halves halves, byte[] tweak) {
    Blocks aes = ownBlocks();
    try {
      Start start = start(aes, halves, tweak);
      long a = number(numerals, 0, halves.left);
      long b = number(numerals, halves.left, halves.length);
      for (int round = ROUNDS - 1; round >= 0; round--) {
        Modulus modulus = halves.modulus(round);
        long difference = b - round(aes, halves, start, round, a, modulus);
        b = a;
        a = modulus.raised(difference);
      }
      write(numerals, 0, halves.left, a);
      write(numerals, halves.left, halves.length, b);
    } finally {
      aes.wipe();
    }
  }

  private void encryptMiddle(int[] numerals, Halves halves, byte[] tweak) {
    Blocks aes = ownBlocks();
    try {
      Start start = start(aes, halves, tweak);
      Number128 a = aes.a;
      Number128 b = aes.b;
      read(numerals, 0, halves.left, a);
      read(numerals, halves.left, halves.length, b);
      for (int round = 0; round < ROUNDS; round++) {
        Number128.Modulus modulus = halves.middleModulus(round);
        round(aes, halves, start, round, b, modulus);
        a.add(aes.y);
        modulus.reduceSum(a);
        Number128 sum = a;
        a = b;
        b = sum;
      }
      write(numerals, 0, halves.left, a);
      write(numerals, halves.left, halves.length, b);
    } finally {
      aes.wipe();
    }
  }

  private void decryptMiddle(int[] numerals, Halves halves, byte[] tweak) {
    Blocks aes = ownBlocks();
    try {
      Start start = start(aes, halves, tweak);
      Number128 a = aes.a;
      Number128 b = aes.b;
      read(numerals, 0, halves.left, a);
      read(numerals, halves.left, halves.length, b);
      for (int round = ROUNDS - 1; round >= 0; round--) {
        Number128.Modulus modulus = halves.middleModulus(round);
        round(aes, halves, start, round, a, modulus);
        b.subtract(aes.y);
        modulus.reduceDifference(b);
        Number128 difference = b;
        b = a;
        a = difference;
      }
      write(numerals, 0, halves.left, a);
      write(numerals, halves.left, halves.length, b);
    } finally {
      aes.wipe();
    }
  }

  /** Makes {@code y} the round function's result modulo radix^m. */
  private static void round(
      Blocks aes,
      Halves halves,
      Start start,
      int round,
      Number128 half,
      Number128.Modulus modulus) {
    long ofRound = (long) round << (8 * halves.numberBytes - Long.SIZE);
    aes.encrypt(start.high ^ ofRound ^ half.high(), start.low ^ half.low());
    long high = aes.high();
    long low = aes.low();
    aes.y.set(0, high >>> 32);
    modulus.append(aes.y, (int) high);
    modulus.append(aes.y, (int) (low >>> 32));
    if (halves.roundBytes > 12) {
      modulus.append(aes.y, (int) low);
    }
    if (halves.roundBytes > Aes.BLOCK) {
      aes.encrypt(high, low ^ 1);
      modulus.append(aes.y, (int) (aes.high() >>> 32));
    }
  }

  private void read(int[] numerals, int from, int to, Number128 number) {
    number.set(0, 0);
    for (int i = from; i < to; i++) {
      number.multiplyAndAdd(radix, numerals[i]);
    }
  }

  private void write(int[] numerals, int from, int to, Number128 number) {
    long high = number.high();
    long low = number.low();
    int end = to;
    // Two words of 32 bits each behind the rest of those before them, until 62 bits are left.
    for (; (high | low >>> 62) != 0; end--) {
      long first = one.quotient(high);
      long upper = (high - first * radix) << 32 | low >>> 32;
      long second = one.quotient(upper);
      long lower = (upper - second * radix) << 32 | (low & 0xffffffffL);
      long third = one.quotient(lower);
      numerals[end - 1] = (int) (lower - third * radix);
      high = first;
      low = second << 32 | third;
    }
    write(numerals, from, end, low);
  }

  /**
   * Encrypts many values of one length in place: together where both halves fit into 61 bits, else
   * one after the other.
   *
   * @param numerals the values one behind the other, each numeral an unsigned byte, so for radices
   *     up to 256; nobody else may alter them meanwhile
   * @param length the number of numerals of each value, with radix^length >= 100
   * @param tweak any bytes, the same for all values; an empty array for none
   * @throws IllegalArgumentException as {@link #encrypt} does; nothing is altered then
   */
  public void encryptAll(byte[] numerals, int length, byte[] tweak) {
    convertAll(numerals, length, tweak, true);
  }

  /** Undoes {@link #encryptAll}, with the same conditions. */
  public void decryptAll(byte[] numerals, int length, byte[] tweak) {
    convertAll(numerals, length, tweak, false);
  }

  private void convertAll(byte[] numerals, int length, byte[] tweak, boolean encrypt) {
    requireTweak(tweak);
    if (radix > 256 || length < 2 || numerals.length % length != 0) {
      throw new IllegalArgumentException(
          "The values must be whole, and the radix at most 256 for numerals in bytes");
    }
    if (Math.pow(radix, length) < 100) {
      throw new IllegalArgumentException("FF1 needs two numerals and a domain of 100 values");
    }
    for (byte numeral : numerals) {
      if ((numeral & 0xff) >= radix) {
        throw new IllegalArgumentException("A numeral is not in 0 to " + (radix - 1));
      }
    }
    if (numerals.length == 0) {
      return;
    }
    Halves halves = halves(length);
    if (!halves.narrow) {
      int[] value = Scratch.of(0, length).numerals;
      try {
        for (int at = 0; at < numerals.length; at += length) {
          for (int i = 0; i < length; i++) {
            value[i] = numerals[at + i] & 0xff;
          }
          if (encrypt) {
            encryptInPlace(value, length, tweak);
          } else {
            decryptInPlace(value, length, tweak);
          }
          for (int i = 0; i < length; i++) {
            numerals[at + i] = (byte) value[i];
          }
        }
      } finally {
        Arrays.fill(value, 0, length, 0);
      }
      return;
    }
    Ff1Lanes lanes = Ff1Lanes.own();
    try {
      int values = numerals.length / length;
      for (int done = 0; done < values; done += Ff1Lanes.LANES) {
        int count = Math.min(Ff1Lanes.LANES, values - done);
        // That all are numerals has been looked at before anything was altered.
        lanes.read(numerals, done * length, count, length, bytes(), radix);
        convert(lanes, length, tweak, encrypt);
        write(lanes, length, bytes(), numerals, done * length);
      }
    } finally {
      lanes.wipe();
    }
  }

  /** Numerals as bytes; only for radices up to 256. */
  private ByteSymbols bytes() {
    if (bytes == null) {
      bytes = ByteSymbols.ofNumerals(radix);
    }
    return bytes;
  }

  /**
   * Writes values of a narrow length one behind the other from an index on. The lanes may lose
   * them.
   */
  void write(Ff1Lanes lanes, int length, ByteSymbols symbols, byte[] into, int from) {
    lanes.write(length, halves(length).rightSize.value(), two, symbols, into, from);
  }

  /** Whether values of this length can go through {@link #convert}. */
  boolean isNarrow(int length) {
    return halves(length).narrow;
  }

  /** Encrypts or decrypts the values of some lanes, which are of a narrow length. */
  void convert(Ff1Lanes lanes, int length, byte[] tweak, boolean encrypt) {
    Halves halves = halves(length);
    Blocks aes = ownBlocks();
    Start start = start(aes, halves, tweak);
    int step = encrypt ? 1 : -1;
    int round = encrypt ? 0 : ROUNDS - 1;
    if (!halves.numberFillsLow()) {
      lanes.setHigh(start.high);
    }
    for (; round >= 0 && round < ROUNDS; round += step) {
      if (halves.numberFillsLow()) {
        lanes.setHigh(halves.high(start, round));
      }
      boolean changesLeft = (round & 1) == 0;
      lanes.setLow(changesLeft, halves.low(start, round));
      aes.encrypt(lanes.in, lanes.out, lanes.count());
      lanes.change(changesLeft, halves.modulus(round), halves.roundBytes, encrypt);
    }
  }

  /** What the length of a value fixes; the letters are those of the standard. */
  private static final class Halves {
    /** n, u and v. */
    private final int length;

    private final int left;
    private final int right;

    /** Whether radix^v is below 2^61. */
    private final boolean narrow;

    /** Whether it is not, but below 2^120. */
    private final boolean middle;

    /** radix^u and radix^v, where narrow. */
    private final Modulus leftSize;

    private final Modulus rightSize;

    /** The same, where middle. */
    private final Number128.Modulus middleLeftSize;

    private final Number128.Modulus middleRightSize;

    /** b: the bytes of a half as a number. */
    private final int numberBytes;

    /** d: the bytes of the round function's result. */
    private final int roundBytes;

    Halves(int radix, int length) {
      this.length = length;
      this.left = length / 2;
      this.right = length - left;
      BigInteger size = BigInteger.valueOf(radix).pow(right);
      int bits = size.bitLength();
      this.narrow = bits <= MAX_NARROW_BITS;
      this.middle = !narrow && bits <= MAX_MIDDLE_BITS;
      this.rightSize = narrow ? new Modulus(size.longValueExact()) : null;
      this.leftSize = narrow && left < right ? new Modulus(rightSize.value() / radix) : rightSize;
      this.middleRightSize = middle ? new Number128.Modulus(size) : null;
      this.middleLeftSize =
          middle && left < right
              ? new Number128.Modulus(size.divide(BigInteger.valueOf(radix)))
              : middleRightSize;
      this.numberBytes = (size.subtract(BigInteger.ONE).bitLength() + 7) / 8;
      this.roundBytes = 4 * ((numberBytes + 3) / 4) + 4;
    }

    /** Whether the number of a half takes all of the last block's second word, b = 8. */
    boolean numberFillsLow() {
      return numberBytes == Long.BYTES;
    }

    /** The last block's first word. */
    long high(Start start, int round) {
      return numberFillsLow() ? start.high ^ round : start.high;
    }

    /** Its second word, but for the number of a half. */
    long low(Start start, int round) {
      return numberFillsLow() ? start.low : start.low ^ ((long) round << (8 * numberBytes));
    }

    Modulus modulus(int round) {
      return (round & 1) == 0 ? leftSize : rightSize;
    }

    Number128.Modulus middleModulus(int round) {
      return (round & 1) == 0 ? middleLeftSize : middleRightSize;
    }
  }

  private Halves halves(int length) {
    if (length > KEPT_LENGTH) {
      return new Halves(radix, length);
    }
    Halves halves = byLength.get(length);
    if (halves == null) {
      halves = new Halves(radix, length);
      byLength.set(length, halves);
    }
    return halves;
  }

  /**
   * The state of the CBC-MAC before the last block, already combined with what is fixed in it. The
   * number of a half and the round's number are all that a round still adds, as the number of a
   * half that is not wide and the round fit into the last block.
   */
  private static final class Start {
    private long high;
    private long low;
  }

  /** The start for a tweak, which stays so until this thread asks for another one. */
  private Start start(Blocks aes, Halves halves, byte[] tweak) {
    if (tweak.length == 0 && halves.length <= KEPT_LENGTH) {
      Start start = withoutTweak.get(halves.length);
      if (start == null) {
        start = new Start();
        compute(start, aes, halves, tweak, 0);
        withoutTweak.set(halves.length, start);
      }
      return start;
    }
    if (!aes.isRecent(halves.length, tweak)) {
      // Of the copy that is kept: somebody may alter the caller's array meanwhile.
      byte[] same = aes.forget(tweak);
      compute(aes.recent, aes, halves, same, tweak.length);
      aes.keep(halves.length, tweak.length);
    }
    return aes.recent;
  }

  /** Computes the start of a tweak, which is the first {@code length} bytes of an array. */
  private void compute(Start start, Blocks aes, Halves halves, byte[] tweak, int length) {
    long high = firstWord(halves);
    long low = secondWord(halves, length);
    int ofQ = lengthOfQ(halves, length);
    for (int at = 0; at < ofQ; at += Aes.BLOCK) {
      aes.encrypt(high, low);
      high = aes.high() ^ word(tweak, length, at);
      low = aes.low() ^ word(tweak, length, at + Long.BYTES);
    }
    aes.wipe();
    start.high = high;
    start.low = low;
  }

  /** Eight bytes of a tweak from an index on; zeros where there are none. */
  private static long word(byte[] tweak, int length, int at) {
    if (at + Long.BYTES <= length) {
      return BigEndian.readLong(tweak, at);
    }
    long word = 0;
    for (int i = at; i < at + Long.BYTES; i++) {
      word = word << 8 | (i < length ? tweak[i] & 0xff : 0);
    }
    return word;
  }

  /** The first half of P: three constants, the radix, the number of rounds, u modulo 256. */
  private long firstWord(Halves halves) {
    return 0x010201L << 40 | (long) radix << 16 | ROUNDS << 8 | (halves.left & 0xff);
  }

  /** The second half of P: the length of the value and that of the tweak. */
  private static long secondWord(Halves halves, int tweakLength) {
    return (long) halves.length << 32 | tweakLength;
  }

  private static int lengthOfQ(Halves halves, int tweakLength) {
    return roundUp(tweakLength + 1 + halves.numberBytes);
  }

  /** P followed by Q, with zeros for the round and the half's number. */
  private byte[] fixedBlocks(Halves halves, byte[] tweak) {
    var fixed = new byte[Aes.BLOCK + lengthOfQ(halves, tweak.length)];
    BigEndian.writeLong(fixed, 0, firstWord(halves));
    BigEndian.writeLong(fixed, Long.BYTES, secondWord(halves, tweak.length));
    System.arraycopy(tweak, 0, fixed, Aes.BLOCK, tweak.length);
    return fixed;
  }

  private static int roundUp(int bytes) {
    return (bytes + Aes.BLOCK - 1) / Aes.BLOCK * Aes.BLOCK;
  }

  /** y modulo radix^m. */
  private static long round(
      Blocks aes, Halves halves, Start start, int round, long half, Modulus modulus) {
    aes.encrypt(halves.high(start, round), halves.low(start, round) ^ half);
    if (halves.roundBytes == Long.BYTES) {
      return modulus.remainder(aes.high());
    }
    return modulus.remainder(aes.high(), (int) (aes.low() >>> 32));
  }

  private long number(int[] numerals, int from, int to) {
    int i = from + ((to - from) & 1);
    long number = i > from ? numerals[from] : 0;
    for (; i < to; i += 2) {
      number = number * two.value + ((long) numerals[i] * radix + numerals[i + 1]);
    }
    return number;
  }

  private void write(int[] numerals, int from, int to, long number) {
    long rest = number;
    int i = to;
    for (; i - from >= 2; i -= 2) {
      long next = two.quotient(rest);
      long pair = rest - next * two.value;
      long first = one.quotient(pair);
      numerals[i - 2] = (int) first;
      numerals[i - 1] = (int) (pair - first * radix);
      rest = next;
    }
    if (i > from) {
      numerals[from] = (int) rest;
    }
  }

  /** {@link #encryptInPlace} for values of any length. */
  void encryptWide(int[] numerals, int length, byte[] tweak) {
    Halves halves = halves(length);
    var wide = new WideRounds(halves, tweak);
    try {
      BigInteger a = wideNumber(numerals, 0, halves.left);
      BigInteger b = wideNumber(numerals, halves.left, length);
      for (int round = 0; round < ROUNDS; round++) {
        BigInteger sum = a.add(wide.round(round, b)).mod(wide.modulus(round));
        a = b;
        b = sum;
      }
      writeWide(numerals, 0, halves.left, a);
      writeWide(numerals, halves.left, length, b);
    } finally {
      wide.aes.wipe();
    }
  }

  /** {@link #decryptInPlace} for values of any length. */
  void decryptWide(int[] numerals, int length, byte[] tweak) {
    Halves halves = halves(length);
    var wide = new WideRounds(halves, tweak);
    try {
      BigInteger a = wideNumber(numerals, 0, halves.left);
      BigInteger b = wideNumber(numerals, halves.left, length);
      for (int round = ROUNDS - 1; round >= 0; round--) {
        BigInteger difference = b.subtract(wide.round(round, a)).mod(wide.modulus(round));
        b = a;
        a = difference;
      }
      writeWide(numerals, 0, halves.left, a);
      writeWide(numerals, halves.left, length, b);
    } finally {
      wide.aes.wipe();
    }
  }

  /** The round function by the letter of the standard. */
  private final class WideRounds {
    private final Halves halves;
    private final byte[] input;
    private final BigInteger leftSize;
    private final BigInteger rightSize;
    private final Blocks aes = ownBlocks();

    WideRounds(Halves halves, byte[] tweak) {
      this.halves = halves;
      this.input = fixedBlocks(halves, tweak);
      this.leftSize = wideRadix.pow(halves.left);
      this.rightSize = wideRadix.pow(halves.right);
    }

    BigInteger modulus(int round) {
      return (round & 1) == 0 ? leftSize : rightSize;
    }

    BigInteger round(int round, BigInteger half) {
      int numberAt = input.length - halves.numberBytes;
      input[numberAt - 1] = (byte) round;
      byte[] number = half.toByteArray();
      int from = number.length > halves.numberBytes ? 1 : 0;
      Arrays.fill(input, numberAt, input.length, (byte) 0);
      System.arraycopy(
          number, from, input, input.length - number.length + from, number.length - from);

      long high = 0;
      long low = 0;
      for (int at = 0; at < input.length; at += Aes.BLOCK) {
        aes.encrypt(high ^ BigEndian.readLong(input, at), low ^ BigEndian.readLong(input, at + 8));
        high = aes.high();
        low = aes.low();
      }
      var output = new byte[roundUp(halves.roundBytes)];
      BigEndian.writeLong(output, 0, high);
      BigEndian.writeLong(output, 8, low);
      for (int at = Aes.BLOCK; at < output.length; at += Aes.BLOCK) {
        aes.encrypt(high, low ^ (at / Aes.BLOCK));
        BigEndian.writeLong(output, at, aes.high());
        BigEndian.writeLong(output, at + 8, aes.low());
      }
      return new BigInteger(1, output, 0, halves.roundBytes);
    }
  }

  /** As many numerals as surely fit into a long. */
  private int chunk() {
    return 62 / (32 - Integer.numberOfLeadingZeros(radix - 1));
  }

  private BigInteger wideNumber(int[] numerals, int from, int to) {
    int chunk = chunk();
    BigInteger unit = wideRadix.pow(chunk);
    int at = from + (to - from) % chunk;
    BigInteger number = BigInteger.valueOf(number(numerals, from, at));
    for (; at < to; at += chunk) {
      number = number.multiply(unit).add(BigInteger.valueOf(number(numerals, at, at + chunk)));
    }
    return number;
  }

  private void writeWide(int[] numerals, int from, int to, BigInteger number) {
    int chunk = chunk();
    BigInteger unit = wideRadix.pow(chunk);
    BigInteger rest = number;
    for (int end = to; end > from; end -= chunk) {
      BigInteger[] parts = rest.divideAndRemainder(unit);
      write(numerals, Math.max(from, end - chunk), end, parts[1].longValueExact());
      rest = parts[0];
    }
  }

  /** This thread's. */
  Blocks ownBlocks() {
    return blocks.get();
  }

  /** AES and what is computed with it, for one thread; wiped after each value. */
  static final class Blocks {
    private final Cipher aes;
    final byte[] in = new byte[Aes.BLOCK];
    final byte[] out = new byte[Aes.BLOCK];

    /** The halves of a value that is not narrow, and what a round adds. */
    final Number128 a = new Number128();

    final Number128 b = new Number128();
    final Number128 y = new Number128();

    /** The start of the value before, and the length and the tweak that it is of. */
    private final Start recent = new Start();

    private final byte[] recentTweak = new byte[TokenFailures.MAX_IV];
    private int recentTweakLength;
    private int recentLength;

    Blocks(Cipher aes) {
      this.aes = aes;
    }

    boolean isRecent(int length, byte[] tweak) {
      return length == recentLength
          && tweak.length == recentTweakLength
          && Arrays.equals(tweak, 0, tweak.length, recentTweak, 0, tweak.length);
    }

    /**
     * Forgets the start; returns a copy of the tweak of the next, the one that is kept where it has
     * room.
     */
    byte[] forget(byte[] tweak) {
      recentLength = 0;
      if (tweak.length > recentTweak.length) {
        return tweak.clone();
      }
      Arrays.fill(recentTweak, (byte) 0);
      System.arraycopy(tweak, 0, recentTweak, 0, tweak.length);
      return recentTweak;
    }

    /** Notes what the start is of, where its tweak has room. */
    void keep(int length, int tweakLength) {
      recentTweakLength = tweakLength;
      recentLength = tweakLength <= recentTweak.length ? length : 0;
    }

    void wipe() {
      Arrays.fill(in, (byte) 0);
      Arrays.fill(out, (byte) 0);
      a.set(0, 0);
      b.set(0, 0);
      y.set(0, 0);
    }

    void encrypt(byte[] from, byte[] to, int count) {
      try {
        aes.update(from, 0, count * Aes.BLOCK, to, 0);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("The platform's AES does not encrypt", e);
      }
    }

    void encrypt(long high, long low) {
      BigEndian.writeLong(in, 0, high);
      BigEndian.writeLong(in, 8, low);
      try {
        aes.update(in, 0, Aes.BLOCK, out, 0);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("The platform's AES does not encrypt", e);
      }
    }

    long high() {
      return BigEndian.readLong(out, 0);
    }

    long low() {
      return BigEndian.readLong(out, 8);
    }
  }
}
