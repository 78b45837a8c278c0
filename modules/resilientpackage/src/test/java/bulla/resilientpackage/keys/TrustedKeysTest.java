package bulla.resilientpackage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedKeysTest {
  private static final ECKey KEY = key("package-1");
  private static final String JWKS = new JWKSet(KEY).toString();

  @Test
  void aKeyIsFoundByItsKid() throws Exception {
    var trusted = TrustedKeys.fromJwks(JWKS);
    assertThat(trusted.kids()).containsExactly("package-1");
    assertThat(trusted.find("package-1").orElseThrow().getW())
        .isEqualTo(KEY.toECPublicKey().getW());
    assertThat(trusted.find("package-2")).isEmpty();
  }

  @Test
  void severalKeysAreTrustedAtOnce() {
    var both = new JWKSet(List.of(KEY, key("package-2"))).toString();
    assertThat(TrustedKeys.fromJwks(both).kids()).containsOnly("package-1", "package-2");
  }

  @Test
  void twoKeysOfOneKidAreRefused() {
    var both = new JWKSet(List.of(KEY, key("package-1"))).toString();
    assertThatThrownBy(() -> TrustedKeys.fromJwks(both))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("package-1");
  }

  @Test
  void aPrivateKeyIsRefused() {
    var leaked = new JWKSet(KEY).toString(false);
    assertThatThrownBy(() -> TrustedKeys.fromJwks(leaked))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("private half");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'\"use\":\"sig\"'|'\"use\":\"enc\"'",
        "'\"use\":\"sig\",'|''",
        "'\"alg\":\"ES256\"'|'\"alg\":\"RS256\"'",
        "'\"crv\":\"P-256\"'|'\"crv\":\"secp256k1\"'",
        "'\"kty\":\"EC\"'|'\"kty\":\"RSA\"'",
        "'\"kty\":\"EC\"'|'\"kty\":\"EC\",\"kty\":\"EC\"'",
        "'\"kty\":\"EC\"'|'\"kty\":\"EC\",\"colour\":\"red\"'",
        "'\"kid\":\"package-1\"'|'\"kid\":\"\"'",
        "'\"kid\":\"package-1\"'|'\"kid\":\"12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901\"'",
        "'\"kid\":\"package-1\"'|'\"kid\":\"\\ud800\"'",
        "'\"kid\":\"package-1\"'|'\"kid\":1'",
        "'\"x\":\"'|'\"x\":\"A'",
        "'\"x\":\"'|'\"x\":\"AAAA'",
        "'\"x\"'|'\"z\"'"
      })
  void whatIsNotAPackageKeyIsRefused(String part, String replacement) {
    assertThat(JWKS).contains(part);
    assertThatThrownBy(() -> TrustedKeys.fromJwks(JWKS.replace(part, replacement)))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void aPointOffTheCurveIsRefused() {
    String x = KEY.getX().toString();
    String other = key("other").getX().toString();
    assertThatThrownBy(() -> TrustedKeys.fromJwks(JWKS.replace(x, other)))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("curve");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":{}}",
        "{\"keys\":[1]}",
        "{\"keys\":[null]}",
        "{\"keys\":[],\"more\":1}",
        "not json"
      })
  void whatIsNotASetOfKeysIsRefused(String json) {
    assertThatThrownBy(() -> TrustedKeys.fromJwks(json)).isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void aSigningKeyShowsItsNameAlone() throws Exception {
    var key = new SigningKey("package-1", KEY.toECPrivateKey());
    assertThat(key).hasToString("SigningKey[package-1]");
  }

  @Test
  void aSigningKeyIsOnP256() throws Exception {
    var other = new ECKeyGenerator(Curve.P_384).generate().toECPrivateKey();
    assertThatThrownBy(() -> new SigningKey("package-1", other))
        .isInstanceOf(UnusableKeyException.class);
  }

  private static ECKey key(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyID(kid)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
