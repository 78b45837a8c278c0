package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class UniformStreamTest {
  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");

  private static ByteBuffer counterMode(byte[] start) throws Exception {
    var counter = Cipher.getInstance("AES/CTR/NoPadding");
    counter.init(Cipher.ENCRYPT_MODE, KEY, new IvParameterSpec(start));
    return ByteBuffer.wrap(counter.doFinal(new byte[16_000]));
  }

  /** The platform's counter has 128 bits; those that are about to carry are the hard ones. */
  @Test
  void itIsAesInCounterModeAlsoWhereTheCounterCarries() throws Exception {
    byte[] carries = new byte[16];
    Arrays.fill(carries, 8, 16, (byte) 0xff);
    byte[] wraps = new byte[16];
    Arrays.fill(wraps, (byte) 0xff);
    for (byte[] start : new byte[][] {new byte[16], carries, wraps}) {
      for (int blocks : new int[] {1, 2, 256}) {
        for (int expected : new int[] {0, 1, 4, 5, 1000}) {
          ByteBuffer words = counterMode(start);
          var stream = new UniformStream(Aes.encryptor(KEY), blocks).restart(start, expected);
          for (int i = 0; i < 300; i++) {
            assertThat(stream.below(1 << 16)).isEqualTo(words.getInt() & 0xffff);
          }
        }
      }
    }
  }

  @Test
  void wordsOfTheIncompleteLastRunAreSkipped() throws Exception {
    for (int bound : new int[] {1, 3, (1 << 30) + 1, Integer.MAX_VALUE}) {
      ByteBuffer words = counterMode(new byte[16]);
      var stream = new UniformStream(Aes.encryptor(KEY), 8).restart(new byte[16], 100);
      for (int i = 0; i < 1000; ) {
        long word = words.getInt() & 0xffffffffL;
        if (word < (1L << 32) / bound * bound) {
          assertThat(stream.below(bound)).isEqualTo((int) (word % bound));
          i++;
        }
      }
    }
  }

  @Test
  void itBeginsAnewWhereItIsTold() {
    var stream = new UniformStream(Aes.encryptor(KEY), 2).restart(new byte[16], 8);
    int[] first = new int[20];
    Arrays.setAll(first, i -> stream.below(1000));
    stream.restart(new byte[16], 3);
    int[] second = new int[20];
    Arrays.setAll(second, i -> stream.below(1000));
    assertThat(second).isEqualTo(first);
  }
}
