package bulla.resilientpackage.envelope;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.protection.NumericToken;
import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small policy, the keys to seal it, and an independent JOSE library that seals and opens too.
 */
final class Sealing {
  static final Instant ISSUED = Instant.parse("2026-01-02T03:04:05Z");
  static final String ISSUER = "https://bulla.example.com";
  static final KeyPair READER = rsa();
  static final KeyPair OTHER_READER = rsa();
  static final ECKey ISSUER_KEY = ec("package-1");
  static final ECKey OTHER_KEY = ec("token-1");
  static final SecretBytes CARD_KEY = SecretBytes.random(32);
  static final SecretBytes TEXT_KEY = SecretBytes.random(32);

  private Sealing() {}

  static PolicySnapshot policy() {
    return new PolicySnapshot(
        List.of(
            new DataElement("1", "DE_CARD", new NumericToken(null, null, null, null, null)),
            new DataElement("2", "DE_NOTE", new NoEnc("1")),
            new DataElement("3", "DE_TEXT", new Aes256GcmEnc())),
        List.of(new PolicyMask("1", "ENDS", new Mask(2, 2, false, "*"))),
        List.of(
            new PolicyRole("1", "support", false, List.of("Ann")),
            new PolicyRole("2", "everybody", true, List.of())),
        List.of(
            rule("1", "1", "1", Permissions.ALL),
            rule("1", "2", null, Permissions.ALL),
            rule("2", "1", null, Permissions.NONE)),
        List.of(new Application("1", "batch", "com.example.Batch", "svc-*")));
  }

  static Rule rule(String role, String element, String mask, Permissions access) {
    return new Rule(
        role,
        element,
        mask,
        NoAccessOperation.NULL_VALUE,
        new RulePermission(access, AuditFlags.NONE));
  }

  static Map<String, ElementKeys> keys() {
    return Map.of("1", ElementKeys.of(CARD_KEY), "3", ElementKeys.of(TEXT_KEY));
  }

  static ExportKey recipient(KeyWrap algorithm) {
    return new ExportKey(algorithm, (RSAPublicKey) READER.getPublic());
  }

  static String fingerprint() {
    return recipient(KeyWrap.RSA_OAEP_256).fingerprint();
  }

  static String otherFingerprint() {
    return new ExportKey(KeyWrap.RSA_OAEP_256, (RSAPublicKey) OTHER_READER.getPublic())
        .fingerprint();
  }

  static PackageHeader header(long serial) {
    return new PackageHeader(ISSUER, fingerprint(), "7", serial, ISSUED, null, 1, 1);
  }

  static byte[] sealed(PackageHeader header, KeyWrap algorithm) throws IOException {
    var out = new ByteArrayOutputStream();
    PackageSealer.seal(header, policy(), keys(), signer(), recipient(algorithm), out);
    return out.toByteArray();
  }

  static byte[] sealed(long serial) throws IOException {
    return sealed(header(serial), KeyWrap.RSA_OAEP_256);
  }

  static SigningKey signer() {
    try {
      return new SigningKey(ISSUER_KEY.getKeyID(), ISSUER_KEY.toECPrivateKey());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static TrustedKeys trusted() {
    return TrustedKeys.fromJwks(jwks());
  }

  static String jwks() {
    return new JWKSet(ISSUER_KEY).toString();
  }

  static PemDecryptor decryptor(KeyPair pair) {
    return PemDecryptor.of(pem(pair));
  }

  static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----"
        + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
        + "-----END PRIVATE KEY-----";
  }

  static OpenedPackage open(byte[] bytes) throws IOException {
    return open(bytes, new RememberedSerials());
  }

  static OpenedPackage open(byte[] bytes, SerialMemory serials) throws IOException {
    return PackageOpener.open(
        new ByteArrayInputStream(bytes),
        decryptor(READER),
        trusted(),
        serials,
        at(ISSUED.plusSeconds(60)));
  }

  static OpeningRules at(Instant now) {
    return new OpeningRules(Clock.fixed(now, ZoneOffset.UTC), 1 << 20);
  }

  /** What the independent library finds in a package, without checking the signature. */
  static JWSObject opened(byte[] bytes) throws Exception {
    JsonNode members = StrictJson.mapper().readTree(bytes);
    var jwe =
        new JWEObject(
            part(members, "protected"),
            part(members, "encrypted_key"),
            part(members, "iv"),
            part(members, "ciphertext"),
            part(members, "tag"));
    jwe.decrypt(new RSADecrypter((RSAPrivateKey) READER.getPrivate()));
    return jwe.getPayload().toJWSObject();
  }

  private static Base64URL part(JsonNode members, String name) {
    return new Base64URL(members.get(name).textValue());
  }

  /** The JWS of this payload by the independent library. */
  static String signed(String payload, JWSHeader header, ECKey key) {
    try {
      var jws = new JWSObject(header, new Payload(payload));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWSHeader signatureHeader(String kid) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .keyID(kid)
        .type(new JOSEObjectType("bulla-package+jws"))
        .build();
  }

  /** The protected header of the package of {@link #header}, to be changed. */
  static Map<String, Object> envelopeHeader(long serial) {
    Map<String, Object> members = new HashMap<>();
    members.put("alg", "RSA-OAEP-256");
    members.put("enc", "A256GCM");
    members.put("kid", fingerprint());
    members.put("typ", "bulla-package+jwe");
    members.put("cty", "JOSE");
    members.put("version", 1);
    members.put("coreVersion", 1);
    members.put("dataStore", "7");
    members.put("serial", serial);
    members.put("iat", ISSUED.getEpochSecond());
    return members;
  }

  /** An envelope by the independent library around any text, sealed to {@link #READER}. */
  static byte[] enveloped(Map<String, Object> header, String content) {
    try {
      var jwe = new JWEObject(JWEHeader.parse(header), new Payload(content));
      jwe.encrypt(new RSAEncrypter((RSAPublicKey) READER.getPublic()));
      return text(
          jwe.getHeader().toBase64URL(),
          jwe.getEncryptedKey(),
          jwe.getIV(),
          jwe.getCipherText(),
          jwe.getAuthTag());
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An envelope around any text whose content key is not what its encrypted key says. */
  static byte[] sealedUnder(byte[] contentKey, byte[] encryptedKey, String content)
      throws GeneralSecurityException, ParseException {
    Base64URL header = JWEHeader.parse(envelopeHeader(1)).toBase64URL();
    var iv = new byte[12];
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, iv));
    cipher.updateAAD(header.toString().getBytes(StandardCharsets.US_ASCII));
    byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    int tag = sealed.length - 16;
    return text(
        header,
        Base64URL.encode(encryptedKey),
        Base64URL.encode(iv),
        Base64URL.encode(Arrays.copyOf(sealed, tag)),
        Base64URL.encode(Arrays.copyOfRange(sealed, tag, sealed.length)));
  }

  private static byte[] text(Object... parts) {
    return "{\"protected\":\"%s\",\"encrypted_key\":\"%s\",\"iv\":\"%s\",\"ciphertext\":\"%s\",\"tag\":\"%s\"}"
        .formatted(parts)
        .getBytes(StandardCharsets.US_ASCII);
  }

  static RSAPrivateKey privateKey(String pem) throws GeneralSecurityException {
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return (RSAPrivateKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  static KeyPair rsa() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyID(kid)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A memory that lasts as long as the test. */
  static final class RememberedSerials implements SerialMemory {
    private final Map<List<String>, Long> last = new HashMap<>();

    @Override
    public OptionalLong lastAccepted(String issuer, String dataStore) {
      Long serial = last.get(List.of(issuer, dataStore));
      return serial == null ? OptionalLong.empty() : OptionalLong.of(serial);
    }

    @Override
    public boolean accept(String issuer, String dataStore, long serial) {
      return last.merge(List.of(issuer, dataStore), serial, Math::max) == serial;
    }
  }
}
