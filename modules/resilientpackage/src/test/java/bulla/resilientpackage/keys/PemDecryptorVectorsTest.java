package bulla.resilientpackage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.Wycheproof;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unwrapping of content keys against the vectors of Project Wycheproof. */
class PemDecryptorVectorsTest {

  @ParameterizedTest
  @CsvSource({
    "rsa_oaep_2048_sha256_mgf1sha256_test.json, RSA-OAEP-256, 37, 10",
    "rsa_oaep_3072_sha256_mgf1sha256_test.json, RSA-OAEP-256, 37, 10",
    "rsa_oaep_2048_sha512_mgf1sha512_test.json, RSA-OAEP-512, 33, 10",
    "rsa_oaep_4096_sha512_mgf1sha512_test.json, RSA-OAEP-512, 36, 10"
  })
  void whatIsValidIsDecryptedAndNothingElse(
      String file, String algorithm, int expectedVectors, int expectedDecrypted)
      throws IOException, GeneralSecurityException {
    List<Wycheproof.Vector> vectors = Wycheproof.read(file);
    assertThat(vectors).hasSize(expectedVectors);
    PemDecryptor decryptor = PemDecryptor.of(vectors.get(0).group().get("privateKeyPem").asText());
    int decrypted = 0;
    for (Wycheproof.Vector vector : vectors) {
      byte[] ciphertext = vector.bytes("ct");
      // JOSE has no label (RFC 7518 section 4.3): what is encrypted with one is not for a package.
      if (vector.valid() && vector.bytes("label").length == 0) {
        assertThat(decryptor.decrypt(decryptor.fingerprint(), algorithm, ciphertext))
            .as(vector.toString())
            .isEqualTo(vector.bytes("msg"));
        decrypted++;
      } else {
        assertThatThrownBy(() -> decryptor.decrypt(decryptor.fingerprint(), algorithm, ciphertext))
            .as(vector.toString())
            .isInstanceOf(GeneralSecurityException.class);
      }
    }
    assertThat(decrypted).isEqualTo(expectedDecrypted);
  }
}
