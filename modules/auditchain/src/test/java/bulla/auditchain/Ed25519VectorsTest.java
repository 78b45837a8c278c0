package bulla.auditchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures of checkpoints against published vectors. */
class Ed25519VectorsTest {
  record Vector(int number, String publicKey, String message, String signature, boolean valid) {
    @Override
    public String toString() {
      return "vector " + number;
    }
  }

  static Stream<Vector> wycheproof() throws IOException {
    try (var file =
        Ed25519VectorsTest.class.getResourceAsStream("/vectors/wycheproof/ed25519_test.json")) {
      return StreamSupport.stream(
              new ObjectMapper().readTree(file).get("testGroups").spliterator(), false)
          .flatMap(
              group ->
                  StreamSupport.stream(group.get("tests").spliterator(), false)
                      .map(
                          test ->
                              new Vector(
                                  test.get("tcId").intValue(),
                                  group.at("/publicKey/pk").asText(),
                                  test.get("msg").asText(),
                                  test.get("sig").asText(),
                                  test.get("result").asText().equals("valid"))));
    }
  }

  @Test
  void theFileIsWhole() throws IOException {
    assertThat(wycheproof()).hasSize(151);
  }

  @ParameterizedTest
  @MethodSource("wycheproof")
  void theVectorsOfWycheproofHold(Vector vector) {
    byte[] half = hex(vector.publicKey);
    TrustedKeys trusted =
        TrustedKeys.ofJwks(
            ("{\"keys\":[" + CheckpointKey.jwk(half) + "]}").getBytes(StandardCharsets.UTF_8));
    if (vector.valid) {
      assertThatCode(
              () ->
                  trusted.verify(
                      CheckpointKey.kid(half), hex(vector.message), hex(vector.signature)))
          .doesNotThrowAnyException();
    } else {
      assertThatThrownBy(
              () ->
                  trusted.verify(
                      CheckpointKey.kid(half), hex(vector.message), hex(vector.signature)))
          .isInstanceOf(BrokenJournal.class);
    }
  }

  /** RFC 8032, section 7.1, tests 1 and 2. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + "'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + "72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
  })
  void theSignaturesOfRfc8032AreMade(
      String secret, String publicKey, String message, String signature) {
    // What stands before the 32 bytes of a private key in PKCS#8 (RFC 8410, section 7).
    byte[] pkcs8 = hex("302e020100300506032b657004220420" + secret);
    var key = CheckpointKey.of(pkcs8, hex(publicKey));
    assertThat(HexFormat.of().formatHex(key.sign(hex(message)))).isEqualTo(signature);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
