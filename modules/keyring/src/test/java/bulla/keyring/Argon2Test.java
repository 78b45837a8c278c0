package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2Test {
  /**
   * RFC 9106, section 5.3. It has a secret and associated data, which {@link Argon2} does without,
   * so it is the library beneath that is asked.
   */
  @Test
  void theVectorOfTheStandardHolds() {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(repeated(2, 16))
            .withSecret(repeated(3, 8))
            .withAdditional(repeated(4, 12))
            .build());
    var tag = new byte[32];
    generator.generateBytes(repeated(1, 32), tag);
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  private static byte[] repeated(int value, int times) {
    var bytes = new byte[times];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
