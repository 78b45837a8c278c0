package bulla.resilientpackage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.Wycheproof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RSA alone by the platform, as a token does it, and the rest by this library. */
class OaepDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "rsa_oaep_2048_sha256_mgf1sha256_test.json, SHA-256",
    "rsa_oaep_3072_sha256_mgf1sha256_test.json, SHA-256",
    "rsa_oaep_2048_sha512_mgf1sha512_test.json, SHA-512",
    "rsa_oaep_4096_sha512_mgf1sha512_test.json, SHA-512"
  })
  void whatIsValidIsDecodedAndNothingElse(String file, String hash) throws Exception {
    List<Wycheproof.Vector> vectors = Wycheproof.read(file);
    PrivateKey key = key(vectors.get(0).group().get("privateKeyPem").asText());
    int decoded = 0;
    for (Wycheproof.Vector vector : vectors) {
      byte[] encoded;
      try {
        encoded = raw(key, vector.bytes("ct"));
      } catch (GeneralSecurityException notANumberOfTheKey) {
        assertThat(vector.valid()).as(vector.toString()).isFalse();
        continue;
      }
      if (vector.valid() && vector.bytes("label").length == 0) {
        assertThat(OaepDecoding.decode(encoded, hash))
            .as(vector.toString())
            .isEqualTo(vector.bytes("msg"));
        decoded++;
      } else {
        assertThatThrownBy(() -> OaepDecoding.decode(encoded, hash))
            .as(vector.toString())
            .isInstanceOf(BadPaddingException.class);
      }
      assertThat(encoded).as("wiped").containsOnly(0);
    }
    assertThat(decoded).isEqualTo(10);
  }

  @Test
  void everyBitOfTheEncodingButTheMessagesCounts() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    byte[] message = "a content key of thirty-two bytes".getBytes(StandardCharsets.US_ASCII);
    byte[] ciphertext =
        KeyWrap.RSA_OAEP_256.cipher(Cipher.ENCRYPT_MODE, pair.getPublic()).doFinal(message);
    byte[] encoded = raw(pair.getPrivate(), ciphertext);
    assertThat(OaepDecoding.decode(encoded.clone(), "SHA-256")).isEqualTo(message);
    for (int bit = 0; bit < 8 * (encoded.length - message.length); bit++) {
      byte[] altered = encoded.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> OaepDecoding.decode(altered, "SHA-256"))
          .isInstanceOf(BadPaddingException.class);
    }
    assertThatThrownBy(() -> OaepDecoding.decode(new byte[65], "SHA-256"))
        .isInstanceOf(BadPaddingException.class);
  }

  private static byte[] raw(PrivateKey key, byte[] ciphertext) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("RSA/ECB/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher.doFinal(ciphertext);
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(
            new PKCS8EncodedKeySpec(
                Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
  }
}
