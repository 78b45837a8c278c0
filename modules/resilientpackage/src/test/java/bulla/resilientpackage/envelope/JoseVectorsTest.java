package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.Wycheproof;
import bulla.resilientpackage.json.CanonicalBase64Url;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.keys.UnusableKeyException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

/**
 * What the reader uses of JWE, JWS, JWK and AES-GCM, against the vectors of Project Wycheproof.
 * None of them is a package, so the reader as a whole refuses them all; here its parts are asked.
 */
class JoseVectorsTest {
  @Test
  void signaturesAreBelievedThatAreValidAndNoOthers() throws IOException {
    int believed = 0;
    int asked = 0;
    for (Wycheproof.Vector vector : Wycheproof.read("json_web_signature_test.json")) {
      JsonNode key = vector.group().path("public");
      if (!key.path("alg").asText().equals("ES256")) {
        continue;
      }
      asked++;
      boolean signed = isSigned(vector.test().get("jws").asText(), key);
      assertThat(signed).as(vector.toString()).isEqualTo(vector.valid());
      believed += signed ? 1 : 0;
    }
    assertThat(asked).isEqualTo(39);
    assertThat(believed).isEqualTo(2);
  }

  private static boolean isSigned(String jws, JsonNode key) {
    String[] parts = jws.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      byte[] signature = CanonicalBase64Url.decode(parts[2]);
      return SignedContent.isSignedBy(
          TrustedKeys.fromJwks("{\"keys\":[" + key + "]}")
              .find(key.get("kid").asText())
              .orElseThrow(),
          ByteBuffer.wrap(
              jws.substring(0, jws.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII)),
          signature);
    } catch (IllegalArgumentException notCanonical) {
      return false;
    }
  }

  @Test
  void noneOfTheKeySetsIsOneOfPackageKeys() throws IOException {
    List<Wycheproof.Vector> vectors = Wycheproof.read("json_web_key_test.json");
    assertThat(vectors).hasSize(26);
    for (Wycheproof.Vector vector : vectors) {
      JsonNode set =
          vector.group().has("public")
              ? vector.group().get("public")
              : vector.group().get("private");
      assertThatThrownBy(() -> TrustedKeys.fromJwks(set.toString()))
          .as(vector.toString())
          .isInstanceOf(UnusableKeyException.class);
    }
  }

  @Test
  void keysForEncryptionAreNotTrusted() throws IOException {
    int asked = 0;
    for (Wycheproof.Vector vector : Wycheproof.read("json_web_signature_test.json")) {
      JsonNode key = vector.group().path("public");
      if (key.path("crv").asText().equals("P-256") && !key.has("alg")) {
        asked++;
        assertThatThrownBy(() -> TrustedKeys.fromJwks("{\"keys\":[" + key + "]}"))
            .as(vector.toString())
            .isInstanceOf(UnusableKeyException.class);
      }
    }
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void contentKeysAndContentsAreOpenedThatAreValidAndNoOthers() throws Exception {
    int unwrapped = 0;
    int opened = 0;
    int refused = 0;
    for (Wycheproof.Vector vector : Wycheproof.read("json_web_encryption_test.json")) {
      JsonNode key = vector.group().get("private");
      if (!key.path("kty").asText().equals("RSA") || !key.path("alg").asText().contains("256")) {
        continue;
      }
      String[] parts = vector.test().get("jwe").asText().split("\\.", -1);
      JsonNode header =
          new ObjectMapper()
              .readTree(
                  new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
      PemDecryptor decryptor = decryptor(key);
      byte[] encrypted = CanonicalBase64Url.decode(parts[1]);
      if (!vector.valid()) {
        refused++;
        assertThatThrownBy(() -> KeyWrap.named(header.get("alg").asText()))
            .as(vector.toString())
            .isInstanceOf(UnusableKeyException.class);
        assertThatThrownBy(
                () -> decryptor.decrypt(decryptor.fingerprint(), "RSA-OAEP-256", encrypted))
            .as(vector.toString())
            .isInstanceOf(GeneralSecurityException.class);
        continue;
      }
      byte[] contentKey = decryptor.decrypt(decryptor.fingerprint(), "RSA-OAEP-256", encrypted);
      unwrapped++;
      if (header.get("enc").asText().equals("A256GCM")) {
        assertThat(
                opened(
                    contentKey,
                    CanonicalBase64Url.decode(parts[2]),
                    parts[0].getBytes(StandardCharsets.US_ASCII),
                    CanonicalBase64Url.decode(parts[3]),
                    CanonicalBase64Url.decode(parts[4])))
            .contains(vector.bytes("pt"));
        opened++;
      }
    }
    assertThat(unwrapped).isEqualTo(7);
    assertThat(opened).isEqualTo(1);
    assertThat(refused).isEqualTo(13);
  }

  @Test
  void whatIsSealedByAesGcmIsOpenedWhereTheTagHoldsAndNotElse() throws Exception {
    int opened = 0;
    int refused = 0;
    for (Wycheproof.Vector vector : Wycheproof.read("aes_gcm_test.json")) {
      JsonNode group = vector.group();
      if (group.get("keySize").asInt() != 256
          || group.get("ivSize").asInt() != 96
          || group.get("tagSize").asInt() != 128) {
        continue;
      }
      Optional<byte[]> found =
          opened(
              vector.bytes("key"),
              vector.bytes("iv"),
              vector.bytes("aad"),
              vector.bytes("ct"),
              vector.bytes("tag"));
      if (vector.valid()) {
        opened++;
        assertThat(found).as(vector.toString()).contains(vector.bytes("msg"));
      } else {
        refused++;
        assertThat(found).as(vector.toString()).isEmpty();
      }
    }
    assertThat(opened).isGreaterThan(20);
    assertThat(refused).isGreaterThan(10);
  }

  private static Optional<byte[]> opened(
      byte[] key, byte[] iv, byte[] associatedData, byte[] ciphertext, byte[] tag)
      throws GeneralSecurityException {
    byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
    System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
    try {
      ContentDecryption.decryptInPlace(key, iv, associatedData, sealed);
      return Optional.of(Arrays.copyOf(sealed, ciphertext.length));
    } catch (AEADBadTagException refused) {
      assertThat(sealed).containsOnly(0);
      return Optional.empty();
    }
  }

  private static PemDecryptor decryptor(JsonNode key) throws Exception {
    byte[] pkcs8 = RSAKey.parse(key.toString()).toRSAPrivateKey().getEncoded();
    return PemDecryptor.of(
        "-----BEGIN PRIVATE KEY-----"
            + Base64.getEncoder().encodeToString(pkcs8)
            + "-----END PRIVATE KEY-----");
  }
}
