package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  private static final SecretKeySpec MAC = new SecretKeySpec(new byte[32], "AES");
  private static final SecretKeySpec STREAM = new SecretKeySpec(filled(32), "AES");

  private static byte[] filled(int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  /** From the words of docs/tokenization.md, one number at a time. */
  private static int[] byTheBook(int length, int block, int count, int bound, byte[] iv)
      throws Exception {
    int padded = (iv.length + 15) / 16 * 16;
    byte[] input =
        ByteBuffer.allocate(16 + padded)
            .put((byte) 1)
            .put((byte) block)
            .putInt(length)
            .putInt(iv.length)
            .position(16)
            .put(iv)
            .array();
    var cbc = Cipher.getInstance("AES/CBC/NoPadding");
    cbc.init(Cipher.ENCRYPT_MODE, MAC, new IvParameterSpec(new byte[16]));
    byte[] mac = cbc.doFinal(input);
    var counter = Cipher.getInstance("AES/CTR/NoPadding");
    counter.init(
        Cipher.ENCRYPT_MODE,
        STREAM,
        new IvParameterSpec(Arrays.copyOfRange(mac, mac.length - 16, mac.length)));
    ByteBuffer words = ByteBuffer.wrap(counter.doFinal(new byte[8 * count + 4096]));
    var offsets = new int[count];
    for (int i = 0; i < count; ) {
      long word = words.getInt() & 0xffffffffL;
      if (word < (1L << 32) / bound * bound) {
        offsets[i++] = (int) (word % bound);
      }
    }
    return offsets;
  }

  /** Whether they are kept, kept no longer, or never: in whatever order IVs and lengths come. */
  @Test
  void theyAreThoseOfTheDocumentHoweverOftenAnIvComes() throws Exception {
    var offsets = new Offsets(MAC, STREAM);
    var random = new Random(9);
    byte[][] ivs = {
      NO_IV, {1}, {1, 0}, filled(15), filled(16), filled(17), filled(256), filled(460)
    };
    int[] lengths = {1, 3, 16, Offsets.KEPT_LENGTH, Offsets.KEPT_LENGTH + 1, 700, 4096};
    // A bound just below a power of two, for which no word is skipped, and one for which half are.
    for (int bound : new int[] {1000, 26, 1_000_000, 1 << 30, (1 << 30) + 1}) {
      for (int i = 0; i < 60; i++) {
        byte[] iv = ivs[random.nextInt(ivs.length)];
        int length = lengths[random.nextInt(i < 50 ? 4 : lengths.length)];
        int block = Math.min(3, length);
        int passes = 2 * (1 + bound % 4);
        int count = passes * (length - block + 1);
        int[] expected = byTheBook(length, block, count, bound, iv);
        for (int again = random.nextInt(3); again >= 0; again--) {
          int[] given = new Offsets(MAC, STREAM).of(length, block, passes, bound, iv.clone());
          assertThat(Arrays.copyOf(given, count)).isEqualTo(expected);
        }
      }
    }
    for (int i = 0; i < 300; i++) {
      byte[] iv = ivs[random.nextInt(ivs.length)];
      int length = lengths[random.nextInt(lengths.length - 2)];
      int block = Math.min(3, length);
      int count = 4 * (length - block + 1);
      int[] expected = byTheBook(length, block, count, 1000, iv);
      for (int again = random.nextInt(4); again >= 0; again--) {
        byte[] given = iv.clone();
        assertThat(Arrays.copyOf(offsets.of(length, block, 4, 1000, given), count))
            .isEqualTo(expected);
        // What the caller does to its array afterwards is no matter of what is kept.
        Arrays.fill(given, (byte) 99);
      }
    }
  }

  @Test
  void whatRepeatsIsKeptAndWhatChangesIsNot() {
    var offsets = new Offsets(MAC, STREAM);
    assertThat(offsets.of(9, 3, 4, 1000, NO_IV)).isSameAs(offsets.of(9, 3, 4, 1000, NO_IV));
    byte[] iv = {1, 2};
    int[] passing = offsets.of(9, 3, 4, 1000, iv);
    assertThat(offsets.of(9, 3, 4, 1000, iv)).isNotSameAs(passing);
    assertThat(offsets.of(9, 3, 4, 1000, iv)).isSameAs(offsets.of(9, 3, 4, 1000, iv));
    assertThat(offsets.of(9, 3, 4, 1000, new byte[] {3})).isSameAs(passing);
    assertThat(offsets.of(9, 3, 4, 1000, new byte[] {4})).isSameAs(passing);
    assertThat(offsets.of(9, 3, 4, 1000, iv)).isNotSameAs(passing);
  }

  @Test
  void thoseOfLengthsThatAreKeptOutliveOthers() {
    var offsets = new Offsets(MAC, STREAM);
    for (byte[] iv : new byte[][] {NO_IV, {1, 2}}) {
      offsets.of(Offsets.KEPT_LENGTH, 3, 4, 1000, iv);
      int[] kept = offsets.of(Offsets.KEPT_LENGTH, 3, 4, 1000, iv);
      int[] before = kept.clone();
      offsets.of(Offsets.KEPT_LENGTH + 1, 3, 4, 1000, iv);
      assertThat(kept).hasSize(4 * (Offsets.KEPT_LENGTH - 2)).isEqualTo(before);
    }
  }

  @Test
  void clearEndsGiveTheSameIvInAsciiAndBeyond() {
    byte[] external = {1, 2, 3};
    for (String value :
        new String[] {"ab-middle-yz", "\u00E9b-middle-yz", "ab-middle-y\uD83D\uDE00"}) {
      var ends = new ClearEnds(2, 2);
      byte[] left = value.substring(0, 2).getBytes(StandardCharsets.UTF_8);
      byte[] right =
          value
              .substring(value.offsetByCodePoints(value.length(), -2))
              .getBytes(StandardCharsets.UTF_8);
      byte[] expected =
          ByteBuffer.allocate(4 + 3 + left.length + right.length)
              .putShort((short) 3)
              .put(external)
              .putShort((short) left.length)
              .put(left)
              .put(right)
              .array();
      assertThat(ends.iv(value, external)).isEqualTo(expected);
    }
    assertThat(ClearEnds.NONE.iv("abc", external)).isSameAs(external);
    assertThat(new ClearEnds(99, 99).iv("a".repeat(198), new byte[256])).hasSize(4 + 256 + 198);
  }
}
