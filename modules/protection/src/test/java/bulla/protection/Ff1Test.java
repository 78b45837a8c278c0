package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

class Ff1Test {
  @Property(tries = 400)
  void itAgreesWithBouncyCastle(
      @ForAll @IntRange(min = 2, max = 256) int radix,
      @ForAll @IntRange(min = 20, max = 60) int length,
      @ForAll @IntRange(max = 40) int tweakLength,
      @ForAll Random random) {
    byte[] key = bytes(random, 32);
    byte[] tweak = bytes(random, tweakLength);
    int[] clear = numerals(random, radix, length);
    var input = new byte[length];
    for (int i = 0; i < length; i++) {
      input[i] = (byte) clear[i];
    }
    var engine = new FPEFF1Engine();
    engine.init(true, new FPEParameters(new KeyParameter(key), radix, tweak));
    var output = new byte[length];
    engine.processBlock(input, 0, length, output, 0);

    int[] encrypted = Ff1.of(radix, SecretBytes.copyOf(key)).encrypt(clear, tweak);
    for (int i = 0; i < length; i++) {
      assertThat((byte) encrypted[i]).isEqualTo(output[i]);
    }
  }

  @Property(tries = 400)
  void narrowAndWideArithmeticGiveTheSame(
      @ForAll @IntRange(min = 2, max = 65536) int radix,
      @ForAll @IntRange(min = 7, max = 40) int length,
      @ForAll @IntRange(max = 40) int tweakLength,
      @ForAll Random random) {
    var ff1 = Ff1.of(radix, SecretBytes.copyOf(bytes(random, 16)));
    byte[] tweak = bytes(random, tweakLength);
    int[] clear = numerals(random, radix, length);
    int[] wide = clear.clone();
    ff1.encryptWide(wide, length, tweak);
    assertThat(ff1.encrypt(clear, tweak)).isEqualTo(wide);
    assertThat(ff1.decrypt(wide, tweak)).isEqualTo(clear);
    ff1.decryptWide(wide, length, tweak);
    assertThat(wide).isEqualTo(clear);
  }

  /** BouncyCastle has no larger radix than 256 right, so here the standard's own steps judge. */
  @Property(tries = 250)
  void itAgreesWithTheStepsOfTheStandardAtEveryRadix(
      @ForAll @IntRange(min = 257, max = 65534) int drawn,
      @ForAll @IntRange(min = 3, max = 48) int length,
      @ForAll @IntRange(max = 48) int tweakLength,
      @ForAll Random random) {
    byte[] key = bytes(random, new int[] {16, 24, 32}[length % 3]);
    byte[] tweak = bytes(random, tweakLength);
    for (int radix : new int[] {drawn, 65535, 65536}) {
      agrees(radix, key, tweak, numerals(random, radix, length));
    }
  }

  /** The shortest, those about where numbers of 64 bits and what is kept end, and the longest. */
  @Example
  void itAgreesWithTheStepsOfTheStandardAtEveryEdgeOfLengths() {
    var random = new Random(4);
    for (int radix : new int[] {257, 1000, 65535, 65536}) {
      for (int length : new int[] {2, 3, 6, 7, 8, 13, 14, 127, 128, 129}) {
        for (int tweakLength : new int[] {0, 1, 15, 16, 256}) {
          byte[] tweak = bytes(random, tweakLength);
          agrees(radix, bytes(random, 32), tweak, numerals(random, radix, length));
        }
      }
      for (int extreme : new int[] {0, radix - 1}) {
        int[] clear = new int[8];
        Arrays.fill(clear, extreme);
        agrees(radix, bytes(random, 16), bytes(random, 8), clear);
      }
    }
    agrees(65536, bytes(random, 32), bytes(random, 7), numerals(random, 65536, 4096));
    agrees(257, bytes(random, 32), bytes(random, 7), numerals(random, 257, 4095));
  }

  private static void agrees(int radix, byte[] key, byte[] tweak, int[] clear) {
    var ff1 = Ff1.of(radix, SecretBytes.copyOf(key));
    int[] expected = new PlainFf1(radix, key).encrypt(clear, tweak);
    assertThat(ff1.encrypt(clear, tweak)).as("radix %d", radix).isEqualTo(expected);
    assertThat(ff1.decrypt(expected, tweak)).as("radix %d", radix).isEqualTo(clear);
  }

  /** All lengths to those beyond which numbers of any size take over, and the extremes of each. */
  @Example
  void itAgreesWithTheStepsOfTheStandardAtEveryLength() {
    var random = new Random(5);
    for (int radix : new int[] {2, 3, 10, 26, 52, 62, 94, 124, 256, 257, 1000, 65535, 65536}) {
      int longest = (int) Math.ceil(260 / (Math.log(radix) / Math.log(2)));
      for (int length = 2; length <= longest; length++) {
        if (Math.pow(radix, length) < 100) {
          continue;
        }
        byte[] key = bytes(random, new int[] {16, 24, 32}[length % 3]);
        agrees(radix, key, bytes(random, random.nextInt(40)), numerals(random, radix, length));
        int[] extreme = new int[length];
        Arrays.fill(extreme, length % 2 == 0 ? 0 : radix - 1);
        agrees(radix, key, new byte[0], extreme);
      }
    }
  }

  @Property(tries = 2000)
  void theRemainderOfWordsIsExact(
      @ForAll @IntRange(min = 34, max = 120) int bits,
      @ForAll boolean edge,
      @ForAll Random random) {
    BigInteger modulus =
        edge
            ? BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(random.nextInt(3)))
            : new BigInteger(bits - 1, random).setBit(bits - 1);
    var reducing = new Number128.Modulus(modulus);
    BigInteger expected = BigInteger.valueOf(Integer.toUnsignedLong(random.nextInt()));
    var number = new Number128();
    number.set(0, expected.longValueExact());
    for (int i = 0; i < 6; i++) {
      int word = edge && random.nextBoolean() ? -random.nextInt(2) : random.nextInt();
      reducing.append(number, word);
      expected =
          expected.shiftLeft(32).add(BigInteger.valueOf(Integer.toUnsignedLong(word))).mod(modulus);
      assertThat(big(number)).isEqualTo(expected);
    }
    var largest = new Number128();
    largest.set(
        modulus.subtract(BigInteger.ONE).shiftRight(64).longValue(),
        modulus.subtract(BigInteger.ONE).longValue());
    reducing.append(largest, -1);
    assertThat(big(largest))
        .isEqualTo(
            modulus
                .subtract(BigInteger.ONE)
                .shiftLeft(32)
                .add(BigInteger.valueOf(0xffffffffL))
                .mod(modulus));
    var sum = new Number128();
    sum.set(number.high(), number.low());
    sum.add(largest);
    reducing.reduceSum(sum);
    assertThat(big(sum)).isEqualTo(expected.add(big(largest)).mod(modulus));
    sum.set(number.high(), number.low());
    sum.subtract(largest);
    reducing.reduceDifference(sum);
    assertThat(big(sum)).isEqualTo(expected.subtract(big(largest)).mod(modulus));
  }

  /**
   * There the estimated quotient is the right one or one less, as the reciprocal was rounded; among
   * numbers at random one in a million is such a one.
   */
  @Example
  void theRemainderIsExactBesideMultiplesOfTheModulus() {
    var random = new Random(6);
    for (int i = 0; i < 4000; i++) {
      int bits = 34 + random.nextInt(87);
      BigInteger modulus = new BigInteger(bits - 1, random).setBit(bits - 1);
      BigInteger quotient = BigInteger.valueOf(1 + Integer.toUnsignedLong(random.nextInt()) / 2);
      BigInteger dividend =
          quotient.multiply(modulus).add(BigInteger.valueOf(random.nextInt(3) - 1));
      BigInteger expected = dividend.mod(modulus);
      BigInteger before = dividend.shiftRight(32);
      var number = new Number128();
      number.set(before.shiftRight(64).longValueExact(), before.longValue());
      new Number128.Modulus(modulus).append(number, dividend.intValue());
      assertThat(big(number)).isEqualTo(expected);
    }
  }

  private static BigInteger big(Number128 number) {
    return BigInteger.valueOf(number.high())
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(number.low())));
  }

  @Property(tries = 200)
  void manyValuesTogetherBecomeWhatEachBecomesAlone(
      @ForAll @IntRange(min = 2, max = 256) int radix,
      @ForAll @IntRange(min = 7, max = 40) int length,
      @ForAll @IntRange(min = 0, max = 600) int count,
      @ForAll @IntRange(max = 40) int tweakLength,
      @ForAll Random random) {
    togetherAsAlone(radix, length, count, tweakLength, random);
  }

  /**
   * As many as go at once, as few as go one by one, halves about 2^31, 2^32 and 2^61, and those
   * that a reciprocal for numbers below 2^31 would divide wrongly.
   */
  @Example
  void soDoTheyAtEveryEdgeOfNumbersAndHalves() {
    var random = new Random(9);
    int[][] forms = {
      {10, 6}, {10, 16}, {10, 18}, {10, 19}, {36, 12}, {16, 16}, {2, 64}, {2, 65}, {256, 8},
      {256, 9}, {62, 20}, {2, 120}, {2, 122}, {2, 123}, {197, 16}, {255, 15}, {3, 7}, {243, 8},
      {82, 10}, {254, 8}
    };
    for (int[] form : forms) {
      for (int count : new int[] {1, 2, 15, 16, 17, 255, 256, 257, 272}) {
        togetherAsAlone(form[0], form[1], count, 0, random);
      }
    }
  }

  private static void togetherAsAlone(
      int radix, int length, int count, int tweakLength, Random random) {
    byte[] key = bytes(random, new int[] {16, 24, 32}[count % 3]);
    var ff1 = Ff1.of(radix, SecretBytes.copyOf(key));
    byte[] tweak = bytes(random, tweakLength);
    var values = new byte[count * length];
    var alone = new byte[count * length];
    for (int i = 0; i < count; i++) {
      int[] clear = numerals(random, radix, length);
      int[] encrypted = clear.clone();
      ff1.encryptWide(encrypted, length, tweak);
      for (int j = 0; j < length; j++) {
        values[i * length + j] = (byte) clear[j];
        alone[i * length + j] = (byte) encrypted[j];
      }
    }
    byte[] together = values.clone();
    ff1.encryptAll(together, length, tweak);
    assertThat(together).isEqualTo(alone);
    ff1.decryptAll(together, length, tweak);
    assertThat(together).isEqualTo(values);
  }

  @Example
  void manyValuesThatAreNotWholeOrNotInRangeAreRefusedUnaltered() {
    var ff1 = Ff1.of(10, SecretBytes.copyOf(new byte[16]));
    byte[] notWhole = new byte[17];
    byte[] notInRange = {1, 2, 3, 4, 5, 10};
    assertThatThrownBy(() -> ff1.encryptAll(notWhole, 16, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ff1.encryptAll(notInRange, 6, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A numeral is not in 0 to 9");
    assertThatThrownBy(() -> ff1.encryptAll(new byte[4], 1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(notInRange).containsExactly(1, 2, 3, 4, 5, 10);
  }

  @Example
  void aDomainHasAtLeast100Values() {
    var smallest = Ff1.of(10, SecretBytes.copyOf(new byte[16]));
    int[] clear = {0, 9};
    int[] encrypted = smallest.encrypt(clear, new byte[0]);
    assertThat(smallest.decrypt(encrypted, new byte[0])).isEqualTo(clear);
    byte[] together = {0, 9};
    smallest.encryptAll(together, 2, new byte[0]);
    assertThat(together).containsExactly(encrypted[0], encrypted[1]);
    smallest.decryptAll(together, 2, new byte[0]);
    assertThat(together).containsExactly(0, 9);
    var smaller = Ff1.of(9, SecretBytes.copyOf(new byte[16]));
    assertThatThrownBy(() -> smaller.encrypt(new int[2], new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> smaller.encryptAll(new byte[2], 2, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    for (int wrong : new int[] {-1, 10}) {
      assertThatThrownBy(() -> smallest.decrypt(new int[] {1, wrong, 2}, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A numeral is not in 0 to 9");
    }
    assertThat(smallest.encrypt(new int[] {9, 0, 9}, new byte[0])).hasSize(3);
    var tooWide = Ff1.of(257, SecretBytes.copyOf(new byte[16]));
    assertThatThrownBy(() -> tooWide.encryptAll(new byte[8], 4, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] widest = {(byte) 255, 0, (byte) 128};
    var of256 = Ff1.of(256, SecretBytes.copyOf(new byte[16]));
    byte[] column = widest.clone();
    of256.encryptAll(column, 3, new byte[0]);
    assertThat(column).isNotEqualTo(widest);
    of256.decryptAll(column, 3, new byte[0]);
    assertThat(column).isEqualTo(widest);
  }

  @Example
  void longValuesAreEncryptedToo() {
    var ff1 = Ff1.of(65536, SecretBytes.copyOf(new byte[32]));
    int[] clear = numerals(new Random(1), 65536, 1000);
    assertThat(ff1.decrypt(ff1.encrypt(clear, new byte[0]), new byte[0])).isEqualTo(clear);
  }

  /** What a tweak fixes is kept until the next one, but not of one longer than an IV may be. */
  @Example
  void noTweakIsTakenForTheOneBefore() {
    var random = new Random(5);
    byte[] key = bytes(random, 32);
    var ff1 = Ff1.of(10, SecretBytes.copyOf(key));
    var plain = new PlainFf1(10, key);
    byte[] longest = bytes(random, 300);
    for (int tweakLength : new int[] {3, 300, 3, 257, 256, 300, 0, 8, 7, 9, 9, 257, 9}) {
      byte[] tweak = Arrays.copyOf(longest, tweakLength);
      for (int length : new int[] {16, 16, 17, 40}) {
        int[] clear = numerals(random, 10, length);
        int[] encrypted = plain.encrypt(clear, tweak);
        assertThat(ff1.encrypt(clear, tweak)).isEqualTo(encrypted);
        assertThat(ff1.decrypt(encrypted, tweak)).isEqualTo(clear);
      }
    }
  }

  /** What is kept of a tweak is of what it was, and of nothing that it was altered to meanwhile. */
  @Example
  void whoAltersATweakDuringACallHarmsNoOtherCall() throws InterruptedException {
    var ff1 = Ff1.of(10, SecretBytes.copyOf(new byte[32]));
    var element =
        Protection.of(
            new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, null),
            SecretBytes.copyOf(new byte[32]));
    byte[] altered = new byte[200];
    byte[] own = altered.clone();
    int[] clear = new int[16];
    int[] expected = ff1.encrypt(clear, own);
    String expectedToken = element.protect("4000123456789010", own);
    var stop = new AtomicBoolean();
    var other =
        new Thread(
            () -> {
              while (!stop.get()) {
                altered[199] ^= 1;
              }
            });
    other.start();
    try {
      for (int i = 0; i < 20_000; i++) {
        ff1.encrypt(clear, altered);
        assertThat(ff1.encrypt(clear, own)).isEqualTo(expected);
        element.protect("4000123456789010", altered);
        assertThat(element.protect("4000123456789010", own)).isEqualTo(expectedToken);
      }
    } finally {
      stop.set(true);
      other.join();
    }
  }

  @Example
  void aTweakThatIsNullIsRefusedAndNotTakenForNone() {
    var ff1 = Ff1.of(10, SecretBytes.copyOf(new byte[16]));
    List<ThrowingCallable> calls =
        List.of(
            () -> ff1.encrypt(new int[6], null),
            () -> ff1.decrypt(new int[6], null),
            () -> ff1.encryptAll(new byte[6], 6, null),
            () -> ff1.decryptAll(new byte[6], 6, null));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The tweak is null; an empty array is none");
    }
  }

  @Example
  void badParametersAreRefused() {
    assertThatThrownBy(() -> Ff1.of(1, SecretBytes.random(16)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ff1.of(65537, SecretBytes.random(16)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ff1.of(10, SecretBytes.random(20)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Ff1.of(65536, SecretBytes.random(16)).encrypt(new int[] {1}, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int[] numerals(Random random, int radix, int length) {
    return random.ints(length, 0, radix).toArray();
  }
}
