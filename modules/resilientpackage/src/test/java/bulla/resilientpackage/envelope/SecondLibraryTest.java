package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.keys.KeyWrap;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.RsaKeyManagementAlgorithm;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader by {@code docs/package-format.md}, "In short, for a reader with a JOSE library", with
 * jose4j: another library than the one that the other tests ask.
 */
class SecondLibraryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Which this library does not know by itself, but can be told of (RFC 8017 section 7.1). */
  private static final class RsaOaep512 extends RsaKeyManagementAlgorithm {
    RsaOaep512() {
      super("RSA/ECB/OAEPWithSHA-512AndMGF1Padding", "RSA-OAEP-512");
      setAlgorithmParameterSpec(
          new OAEPParameterSpec(
              "SHA-512", "MGF1", MGF1ParameterSpec.SHA512, PSource.PSpecified.DEFAULT));
    }
  }

  @BeforeAll
  static void tellOfIt() {
    AlgorithmFactoryFactory.getInstance()
        .getJweKeyManagementAlgorithmFactory()
        .registerAlgorithm(new RsaOaep512());
  }

  @Test
  void itOpensTheDocumentedExample() throws Exception {
    JsonNode payload =
        read(
            resource("rps.json"),
            privateKey(resource("private-key.pem")),
            resource("signer.jwks.json"));
    assertThat(payload.get("serial").asLong()).isEqualTo(3);
    assertThat(answer(payload, "ANN", "DE_CARD")).isEqualTo("mask 1");
    assertThat(answer(payload, "ann", "DE_TEXT")).isEqualTo("code 3");
    assertThat(answer(payload, "nobody", "DE_CARD")).isEqualTo("NULL_VALUE");
    assertThat(answer(payload, "nobody", "DE_NONE")).isEqualTo("code 2");
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyWrap.class,
      names = {"RSA_OAEP_256", "RSA_OAEP_512"})
  void itOpensWhatIsSealedNow(KeyWrap algorithm) throws Exception {
    String sealed =
        new String(Sealing.sealed(Sealing.header(9), algorithm), StandardCharsets.US_ASCII);
    JsonNode payload = read(sealed, Sealing.READER.getPrivate(), jwks());
    assertThat(payload.get("serial").asLong()).isEqualTo(9);
    assertThat(payload.get("dataElements")).hasSize(3);
  }

  @Test
  void anotherKeyOpensNothing() throws Exception {
    String sealed = new String(Sealing.sealed(1), StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> read(sealed, Sealing.OTHER_READER.getPrivate(), jwks()))
        .isInstanceOf(JoseException.class);
    assertThatThrownBy(
            () ->
                read(sealed, Sealing.READER.getPrivate(), new JWKSet(Sealing.OTHER_KEY).toString()))
        .isInstanceOf(AssertionError.class);
  }

  private static JsonNode read(String file, PrivateKey key, String jwks) throws Exception {
    JsonNode members = JSON.readTree(file);
    var jwe = new JsonWebEncryption();
    jwe.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, "RSA-OAEP-256", "RSA-OAEP-512"));
    jwe.setContentEncryptionAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, "A256GCM"));
    // The flattened form, put together as the compact one that this library reads.
    jwe.setCompactSerialization(
        String.join(
            ".",
            members.get("protected").asText(),
            members.get("encrypted_key").asText(),
            members.get("iv").asText(),
            members.get("ciphertext").asText(),
            members.get("tag").asText()));
    jwe.setKey(key);
    var jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "ES256"));
    jws.setCompactSerialization(jwe.getPlaintextString());
    assertThat(jws.getHeader("typ")).isEqualTo("bulla-package+jws");
    var trusted =
        new JsonWebKeySet(jwks).findJsonWebKey(jws.getKeyIdHeaderValue(), "EC", "sig", "ES256");
    assertThat(trusted).as("the signer is trusted").isNotNull();
    jws.setKey(trusted.getKey());
    assertThat(jws.verifySignature()).isTrue();
    JsonNode payload = JSON.readTree(jws.getPayload());
    assertThat(payload.get("aud").asText()).isEqualTo(jwe.getHeader("kid"));
    for (String member : new String[] {"version", "coreVersion", "dataStore", "serial", "iat"}) {
      assertThat(payload.get(member).asText())
          .isEqualTo(String.valueOf(jwe.getHeaders().getObjectHeaderValue(member)));
    }
    return payload;
  }

  /** What an unprotect is answered, by the four rules of the document. */
  private static String answer(JsonNode payload, String user, String elementName) {
    JsonNode index = payload.get("users").get(user.toLowerCase(Locale.ROOT));
    if (index == null) {
      index = payload.get("defaultProfile");
    }
    if (index == null) {
      return "code 1";
    }
    for (JsonNode element : payload.get("dataElements")) {
      if (element.get("name").asText().equals(elementName)) {
        JsonNode rights =
            payload.get("profiles").get(index.asInt()).get(element.get("uid").asText());
        if (rights == null) {
          return "code 3";
        }
        return rights.at("/access/unProtect").asBoolean()
            ? "mask " + rights.path("mask").asText()
            : rights.get("noAccessOperation").asText();
      }
    }
    return "code 2";
  }

  private static String jwks() {
    return new JWKSet(Sealing.ISSUER_KEY).toString();
  }

  private static PrivateKey privateKey(String pem) throws Exception {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(
            new PKCS8EncodedKeySpec(
                Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
  }

  private static String resource(String name) throws Exception {
    try (InputStream in = SecondLibraryTest.class.getResourceAsStream("example/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
