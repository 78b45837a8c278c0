package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AesGcmTest {
  record Vector(
      int number,
      String key,
      String nonce,
      String associated,
      String message,
      String sealed,
      boolean valid) {
    @Override
    public String toString() {
      return "vector " + number;
    }
  }

  static Stream<Vector> wycheproof() throws IOException {
    try (var file = AesGcmTest.class.getResourceAsStream("/vectors/wycheproof/aes_gcm_test.json")) {
      return StreamSupport.stream(
              new ObjectMapper().readTree(file).get("testGroups").spliterator(), false)
          .flatMap(group -> StreamSupport.stream(group.get("tests").spliterator(), false))
          .map(
              test ->
                  new Vector(
                      test.get("tcId").intValue(),
                      test.get("key").asText(),
                      test.get("iv").asText(),
                      test.get("aad").asText(),
                      test.get("msg").asText(),
                      test.get("ct").asText() + test.get("tag").asText(),
                      test.get("result").asText().equals("valid")));
    }
  }

  @ParameterizedTest
  @MethodSource("wycheproof")
  void theVectorsOfWycheproofHold(Vector vector) throws Exception {
    var key = new SecretKeySpec(hex(vector.key), "AES");
    byte[] nonce = hex(vector.nonce);
    byte[] associated = hex(vector.associated);
    byte[] sealed = hex(vector.sealed);
    if (vector.valid) {
      var message = SecretBytes.copyOf(hex(vector.message));
      assertThat(AesGcm.open(key, nonce, associated, sealed)).isEqualTo(message);
      assertThat(AesGcm.seal(key, nonce, associated, message)).isEqualTo(sealed);
    } else {
      assertThatThrownBy(() -> AesGcm.open(key, nonce, associated, sealed))
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void allVectorsAreRead() throws IOException {
    assertThat(wycheproof()).hasSize(316);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
