package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.resilientpackage.Wycheproof;
import bulla.resilientpackage.keys.TrustedKeys;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check of signatures against the vectors of Project Wycheproof for ES256's form (P1363). */
class SignatureVectorsTest {
  private static final int COORDINATE_LENGTH = 32;

  /**
   * Valid, with a point whose x lies between the order and the prime, which about one signature in
   * 2^128 has. The provider of JDK 17.0.15 refuses them; that believes nobody, so it stays so.
   */
  private static final Set<Integer> REFUSED_BY_THE_PLATFORM = Set.of(115, 257);

  @Test
  void whatIsValidIsBelievedAndNothingElse() throws IOException {
    List<Wycheproof.Vector> vectors = Wycheproof.read("ecdsa_secp256r1_sha256_p1363_test.json");
    assertThat(vectors).hasSize(262);
    List<Integer> wronglyBelieved = new ArrayList<>();
    List<Integer> wronglyRefused = new ArrayList<>();
    for (Wycheproof.Vector vector : vectors) {
      byte[] message = vector.bytes("msg");
      var key =
          TrustedKeys.fromJwks(jwks(vector.group().get("publicKey"))).find("vector").orElseThrow();
      boolean believed =
          SignedContent.isSignedBy(key, ByteBuffer.wrap(message), vector.bytes("sig"));
      if (believed != vector.valid()) {
        (believed ? wronglyBelieved : wronglyRefused).add(vector.test().get("tcId").intValue());
      }
    }
    assertThat(wronglyBelieved).isEmpty();
    assertThat(REFUSED_BY_THE_PLATFORM).containsAll(wronglyRefused);
  }

  private static String jwks(JsonNode publicKey) {
    return """
    {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"vector",\
    "x":"%s","y":"%s"}]}\
    """
        .formatted(
            coordinate(publicKey.get("wx").asText()), coordinate(publicKey.get("wy").asText()));
  }

  /** Fixed to 32 bytes (RFC 7518 section 6.2.1.2); the vectors pad and strip as BigInteger does. */
  private static String coordinate(String hex) {
    byte[] number =
        new BigInteger(1, HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : "0" + hex))
            .toByteArray();
    var fixed = new byte[COORDINATE_LENGTH];
    int length = Math.min(number.length, COORDINATE_LENGTH);
    System.arraycopy(number, number.length - length, fixed, COORDINATE_LENGTH - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
