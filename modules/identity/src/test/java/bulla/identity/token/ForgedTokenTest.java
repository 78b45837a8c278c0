package bulla.identity.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged and altered tokens (RFC 8725 section 2), every combination of what a stranger can do. */
class ForgedTokenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SECONDS = NOW.getEpochSecond();
  private static final TokenSettings SETTINGS =
      new TokenSettings("https://bulla.example", "bulla", 1800, 1800);
  private static final AccessKey KEY = AccessKeys.FIRST;
  private static final AccessKey FORMER = AccessKeys.SECOND;
  private static final RefreshKey REFRESH = new RefreshKey("r1", SecretBytes.random(64));
  private static final KeyPair RSA =
      new KeyPair(AccessKeys.THIRD.publicKey(), AccessKeys.THIRD.privateKey());
  private static final Map<String, KeyPair> CURVES =
      Map.of(
          "SHA256", keyPair("secp256r1"),
          "SHA384", keyPair("secp384r1"),
          "SHA512", keyPair("secp521r1"));
  private static final TokenCodec CODEC =
      new TokenCodec(
          SETTINGS,
          // The former key has just been rotated out.
          SigningKeys.after(FORMER, NOW, KEY),
          SigningKeys.only(REFRESH),
          Clock.fixed(NOW, ZoneOffset.UTC));

  private static final String HEADER = header("RS256", KEY.kid());
  private static final String CLAIMS =
      """
      {"iss":"https://bulla.example","aud":"bulla","sub":"user-1","sid":"session-1",\
      "upn":"alpha","roles":["admin"],"groups":["role_admin"],"jti":"j",\
      "iat":%d,"nbf":%d,"exp":%d}\
      """
          .formatted(SECONDS, SECONDS, SECONDS + 1800);

  private static final Map<String, String> FORGERIES = forgeries();

  /** Signs the first two parts of a token. */
  private interface Signing {
    byte[] sign(byte[] content) throws GeneralSecurityException;
  }

  static Stream<Named<String>> forged() {
    return FORGERIES.entrySet().stream().map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("forged")
  void aForgedOrAlteredTokenIsRefused(String token) {
    assertThat(CODEC.readAccess(token)).isEmpty();
    assertThat(CODEC.readRefresh(token)).isEmpty();
  }

  @Test
  void theSameTokenUnforgedIsAccepted() {
    assertThat(CODEC.readAccess(token(HEADER, CLAIMS, genuine()))).isPresent();
  }

  @Test
  void thereAreMoreThanThreeHundredForgeriesAndNoTwoAreTheSame() {
    assertThat(FORGERIES).hasSizeGreaterThan(400);
    assertThat(FORGERIES.values()).doesNotHaveDuplicates();
    assertThat(FORGERIES.values()).doesNotContain(token(HEADER, CLAIMS, genuine()));
  }

  private static Map<String, String> forgeries() {
    var all = new LinkedHashMap<String, String>();
    addAlgorithms(all);
    addHeaders(all);
    addClaims(all);
    addDamage(all);
    return all;
  }

  /** Every algorithm that the header can claim, with everything that can stand as its signature. */
  private static void addAlgorithms(Map<String, String> all) {
    Map<String, Signing> signings = signings();
    String signature = token(HEADER, CLAIMS, genuine()).split("\\.", -1)[2];
    for (String algorithm :
        List.of(
            "none",
            "None",
            "NONE",
            "nOnE",
            "",
            "RS256",
            "rs256",
            "RS256 ",
            "RS384",
            "RS512",
            "PS256",
            "PS384",
            "PS512",
            "HS256",
            "HS384",
            "HS512",
            "ES256",
            "ES384",
            "ES512",
            "ES256K",
            "EdDSA",
            "RSA-OAEP",
            "dir")) {
      String header = header(algorithm, KEY.kid());
      signings.forEach(
          (name, signing) -> {
            if (!(algorithm.equals("RS256") && name.equals("SHA256withRSA by the server"))) {
              all.put(algorithm + " signed with " + name, token(header, CLAIMS, signing));
            }
          });
      if (!algorithm.equals("RS256")) {
        all.put(
            algorithm + " with the signature of a good token",
            encoded(header) + "." + encoded(CLAIMS) + "." + signature);
      }
    }
  }

  private static Map<String, Signing> signings() {
    var signings = new LinkedHashMap<String, Signing>();
    signings.put("nothing", content -> new byte[0]);
    signings.put("zeros", content -> new byte[256]);
    for (String hash : List.of("SHA256", "SHA384", "SHA512")) {
      signings.put(hash + "withRSA by the server", rsa(hash, KEY.privateKey()));
      signings.put(hash + "withRSA by a stranger", rsa(hash, RSA.getPrivate()));
      signings.put(hash + " PSS by the server", pss(hash, KEY.privateKey()));
      signings.put(hash + " ECDSA by a stranger", ecdsa(hash));
      signings.put(hash + " HMAC of the public key", hmac(hash, KEY.publicKey().getEncoded()));
      signings.put(hash + " HMAC of the public key as PEM", hmac(hash, pem()));
      signings.put(
          hash + " HMAC of the modulus", hmac(hash, KEY.publicKey().getModulus().toByteArray()));
      signings.put(hash + " HMAC of the kid", hmac(hash, KEY.kid().getBytes(UTF_8)));
    }
    return signings;
  }

  /** Headers that are not exactly the server's, signed by the server's own key and a stranger's. */
  private static void addHeaders(Map<String, String> all) {
    String strange =
        "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"%s\"}"
            .formatted(
                encoded(
                    ((java.security.interfaces.RSAPublicKey) RSA.getPublic())
                        .getModulus()
                        .toByteArray()));
    String kid = KEY.kid();
    String good = "\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"";
    List<String> headers =
        new ArrayList<>(
            List.of(
                "{}",
                "[]",
                "null",
                "\"RS256\"",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}",
                "{\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}",
                "{\"alg\":null,\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}",
                "{\"alg\":[\"RS256\"],\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}"));
    for (String type :
        List.of(
            "JWT", "jwt", "refresh+jwt", "application/at+jwt", "at+jwt ", "at", "", "dpop+jwt")) {
      headers.add("{\"alg\":\"RS256\",\"typ\":\"" + type + "\",\"kid\":\"" + kid + "\"}");
    }
    for (String other :
        List.of(
            "",
            "other",
            "r1",
            FORMER.kid(),
            kid + "x",
            kid.substring(1),
            "../../etc/passwd",
            "/dev/null",
            "' or '1'='1",
            kid.toLowerCase(java.util.Locale.ROOT))) {
      headers.add(header("RS256", other));
    }
    for (String member :
        List.of(
            "\"jwk\":" + strange,
            "\"jku\":\"https://evil.example/jwks\"",
            "\"jku\":\"https://bulla.example/pty/v1/auth/jwks\"",
            "\"x5u\":\"https://evil.example/cert\"",
            "\"x5c\":[\"AAAA\"]",
            "\"x5t\":\"AAAA\"",
            "\"x5t#S256\":\"AAAA\"",
            "\"crit\":[\"exp\"]",
            "\"crit\":[]",
            "\"b64\":false,\"crit\":[\"b64\"]",
            "\"cty\":\"JWT\"",
            "\"zip\":\"DEF\"",
            "\"enc\":\"A256GCM\"",
            "\"exp\":1",
            "\"alg\":\"none\"",
            "\"p2c\":1000000000")) {
      headers.add("{" + good + "," + member + "}");
    }
    for (String header : headers) {
      all.put("header " + header + " by the server", token(header, CLAIMS, genuine()));
      all.put(
          "header " + header + " by a stranger",
          token(header, CLAIMS, rsa("SHA256", RSA.getPrivate())));
      all.put(
          "header " + header + " by the key that was rotated out",
          token(header, CLAIMS, rsa("SHA256", FORMER.privateKey())));
    }
  }

  /** Claims that the server would refuse, even though its own key signed them. */
  private static void addClaims(Map<String, String> all) {
    var changes = new LinkedHashMap<String, List<String>>();
    changes.put(
        "\"iss\":\"https://bulla.example\"",
        List.of(
            "\"iss\":\"https://bulla.example/\"",
            "\"iss\":\"https://evil.example\"",
            "\"iss\":\"HTTPS://BULLA.EXAMPLE\"",
            "\"iss\":\"\"",
            "\"iss\":null",
            "\"iss\":[\"https://bulla.example\"]",
            "\"i\":1"));
    changes.put(
        "\"aud\":\"bulla\"",
        List.of(
            "\"aud\":\"other\"",
            "\"aud\":\"BULLA\"",
            "\"aud\":[\"bulla\",\"other\"]",
            "\"aud\":[]",
            "\"aud\":\"\"",
            "\"aud\":null",
            "\"a\":1"));
    changes.put(
        "\"exp\":" + (SECONDS + 1800),
        List.of(
            "\"exp\":" + SECONDS,
            "\"exp\":" + (SECONDS - 1),
            "\"exp\":0",
            "\"exp\":-1",
            "\"exp\":\"" + (SECONDS + 1800) + "\"",
            "\"exp\":null",
            "\"exp\":true",
            "\"e\":1"));
    changes.put(
        "\"nbf\":" + SECONDS,
        List.of(
            "\"nbf\":" + (SECONDS + 6),
            "\"nbf\":" + (SECONDS + 86_400),
            "\"nbf\":\"" + SECONDS + "\"",
            "\"nbf\":null",
            "\"n\":1"));
    changes.put("\"sub\":\"user-1\"", List.of("\"sub\":null", "\"s\":1"));
    changes.put("\"sid\":\"session-1\"", List.of("\"sid\":null", "\"sid\":1", "\"s\":2"));
    changes.put("\"upn\":\"alpha\"", List.of("\"upn\":null", "\"upn\":[1]", "\"u\":1"));
    changes.put(
        "\"roles\":[\"admin\"]",
        List.of("\"roles\":\"admin\"", "\"roles\":null", "\"roles\":[1]", "\"r\":1"));
    changes.put(
        "\"groups\":[\"role_admin\"]",
        List.of("\"groups\":\"role_admin\"", "\"groups\":null", "\"groups\":[1]", "\"g\":1"));
    changes.forEach(
        (claim, others) ->
            others.forEach(
                other -> {
                  assertThat(CLAIMS).contains(claim);
                  all.put(
                      "claim " + other + " for " + claim,
                      token(HEADER, CLAIMS.replace(claim, other), genuine()));
                }));
    for (String claims : List.of("", "{}", "[]", "null", "1", CLAIMS.substring(1), CLAIMS + "}")) {
      all.put("claims " + claims, token(HEADER, claims, genuine()));
    }
  }

  /** A good token, cut, mixed up and spelled otherwise. */
  private static void addDamage(Map<String, String> all) {
    String good = token(HEADER, CLAIMS, genuine());
    String[] parts = good.split("\\.", -1);
    for (int length = 0; length < good.length(); length += 13) {
      all.put("cut to " + length, good.substring(0, length));
    }
    for (int cut : List.of(1, 2, 3, 4, 8, 300)) {
      all.put("without the last " + cut, good.substring(0, good.length() - cut));
      all.put("without the first " + cut, good.substring(cut));
    }
    List<List<Integer>> orders =
        List.of(
            List.of(0, 2, 1),
            List.of(1, 0, 2),
            List.of(2, 1, 0),
            List.of(0, 1),
            List.of(1, 2),
            List.of(0, 1, 2, 2),
            List.of(0, 0, 1, 2),
            List.of(0, 1, 1),
            List.of(0, 1, 2, 0, 1));
    for (List<Integer> order : orders) {
      all.put("parts " + order, String.join(".", order.stream().map(part -> parts[part]).toList()));
    }
    for (String end : List.of(".", "=", "==", " ", "\n", "\t", "A", "\u0000", "#", "%00", ",")) {
      all.put("followed by " + Arrays.toString(end.getBytes(UTF_8)), good + end);
      all.put("preceded by " + Arrays.toString(end.getBytes(UTF_8)), end + good);
    }
    all.put("twice", good + good);
    all.put("in quotes", "\"" + good + "\"");
    all.put("with its scheme", "Bearer " + good);
    all.put(
        "as a JSON serialization",
        "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
            .formatted((Object[]) parts));
    all.put("in upper case", good.toUpperCase(java.util.Locale.ROOT));
  }

  private static String header(String algorithm, String kid) {
    return "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
  }

  private static String token(String header, String claims, Signing signing) {
    String content = encoded(header) + "." + encoded(claims);
    try {
      return content + "." + encoded(signing.sign(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Signing genuine() {
    return rsa("SHA256", KEY.privateKey());
  }

  private static Signing rsa(String hash, PrivateKey key) {
    return content -> signed(Signature.getInstance(hash + "withRSA"), key, content);
  }

  private static Signing pss(String hash, PrivateKey key) {
    return content -> {
      var signature = Signature.getInstance("RSASSA-PSS");
      String name = hash.replace("SHA", "SHA-");
      int salt = Integer.parseInt(hash.substring(3)) / 8;
      signature.setParameter(
          new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), salt, 1));
      return signed(signature, key, content);
    };
  }

  private static Signing ecdsa(String hash) {
    return content ->
        signed(
            Signature.getInstance(hash + "withECDSAinP1363Format"),
            CURVES.get(hash).getPrivate(),
            content);
  }

  private static Signing hmac(String hash, byte[] secret) {
    return content -> {
      var mac = Mac.getInstance("Hmac" + hash);
      mac.init(new SecretKeySpec(secret, "Hmac" + hash));
      return mac.doFinal(content);
    };
  }

  private static byte[] signed(Signature signature, PrivateKey key, byte[] content)
      throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  private static byte[] pem() {
    return ("-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(KEY.publicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n")
        .getBytes(UTF_8);
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static KeyPair keyPair(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
