package bulla.protector;

import bulla.protection.Aes256CbcEnc;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.CreditCardToken;
import bulla.protection.ElementKeys;
import bulla.protection.EmailToken;
import bulla.protection.FpeNumeric;
import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.protection.NumericToken;
import bulla.protection.ProtectionMethod;
import bulla.protection.Tokenizer;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageSealer;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.SigningKey;
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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes real packages in a directory, with the files that go with them.
 *
 * <p>The policy: {@code loader} protects everything and unprotects nothing (an error); {@code
 * fraud} may do everything in the clear; {@code support} unprotects with the mask of the last four;
 * {@code analyst} unprotects nothing and gets tokens for names, null for emails, an error for
 * cards; {@code mover} reprotects and does nothing else; {@code quiet} unprotects names and is not
 * audited.
 */
public final class PackageWorkshop {
  public static final String NAME = "DE_NAME";
  public static final String NAME_2 = "DE_NAME_2";
  public static final String NUMBER = "DE_NUMBER";
  public static final String CARD = "DE_CARD";
  public static final String EMAIL = "DE_EMAIL";
  public static final String PHONE = "DE_PHONE";
  public static final String TEXT = "DE_TEXT";
  public static final String BLOCKS = "DE_BLOCKS";
  public static final String NOTE = "DE_NOTE";

  private static final List<String> TEXT_ELEMENTS =
      List.of(NAME, NAME_2, NUMBER, CARD, EMAIL, PHONE, NOTE);
  private static final AuditFlags ALL_AUDITED = new AuditFlags(Permissions.ALL, Permissions.ALL);
  private static final String LAST_FOUR = "1";

  /** Making RSA keys takes long, so there is one set of them. */
  private static final KeyPair EXPORT_KEY = rsa();

  private static final KeyPair OTHER_KEY = rsa();
  private static final KeyPair SIGNER = p256();
  private static final KeyPair OTHER_SIGNER = p256();

  private final Path directory;

  private PackageWorkshop(Path directory) {
    this.directory = directory;
  }

  /** With key files in {@code directory}, and packages of the serials 1 and 2. */
  public static PackageWorkshop in(Path directory) {
    var workshop = new PackageWorkshop(directory);
    workshop.writePem("key.pem", EXPORT_KEY);
    workshop.writePem("other.pem", OTHER_KEY);
    workshop.writeJwks("signer.jwks.json", "signer-1", SIGNER);
    workshop.writeJwks("other.jwks.json", "signer-2", OTHER_SIGNER);
    workshop.seal("rps-1.json", 1, policy());
    workshop.seal("rps.json", 2, policy());
    return workshop;
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  public Path privateKey() {
    return file("key.pem");
  }

  public Path trustedKeys() {
    return file("signer.jwks.json");
  }

  public Path packageFile() {
    return file("rps.json");
  }

  public Path state() {
    return file("state");
  }

  /** Seals {@code policy} for the export key. */
  public Path seal(String file, long serial, PolicySnapshot policy) {
    return seal(file, serial, policy, 0);
  }

  /** The same, with keys that differ for each {@code variant}. */
  public Path seal(String file, long serial, PolicySnapshot policy, int variant) {
    return seal(file, serial, policy, variant, (RSAPublicKey) EXPORT_KEY.getPublic());
  }

  /** The same, for another export key. */
  public Path seal(
      String file, long serial, PolicySnapshot policy, int variant, RSAPublicKey exportKey) {
    return seal(file, serial, policy, variant, 1, exportKey);
  }

  /** The same, with so many keys of each data element that can have several. */
  public Path sealWithKeys(String file, long serial, PolicySnapshot policy, int keysOfEach) {
    return seal(file, serial, policy, 0, keysOfEach, (RSAPublicKey) EXPORT_KEY.getPublic());
  }

  /** The same, signed by the key in {@code other.jwks.json}. */
  public Path sealByOther(String file, long serial, PolicySnapshot policy) {
    return seal(
        file,
        serial,
        policy,
        0,
        1,
        (RSAPublicKey) EXPORT_KEY.getPublic(),
        new SigningKey("signer-2", (ECPrivateKey) OTHER_SIGNER.getPrivate()),
        Instant.now(),
        null);
  }

  /** The same, signed by the usual key; it expired an hour ago. */
  public Path sealExpired(String file, long serial, PolicySnapshot policy) {
    Instant expiry = Instant.now().minus(Duration.ofHours(1));
    return seal(
        file,
        serial,
        policy,
        0,
        1,
        (RSAPublicKey) EXPORT_KEY.getPublic(),
        new SigningKey("signer-1", (ECPrivateKey) SIGNER.getPrivate()),
        expiry.minus(Duration.ofDays(1)),
        expiry);
  }

  private Path seal(
      String file,
      long serial,
      PolicySnapshot policy,
      int variant,
      int keysOfEach,
      RSAPublicKey exportKey) {
    return seal(
        file,
        serial,
        policy,
        variant,
        keysOfEach,
        exportKey,
        new SigningKey("signer-1", (ECPrivateKey) SIGNER.getPrivate()),
        Instant.now(),
        null);
  }

  private Path seal(
      String file,
      long serial,
      PolicySnapshot policy,
      int variant,
      int keysOfEach,
      RSAPublicKey exportKey,
      SigningKey signer,
      Instant issuedAt,
      Instant expiryOrNull) {
    var recipient = new ExportKey(KeyWrap.RSA_OAEP_256, exportKey);
    var header =
        new PackageHeader(
            "https://bulla.example/",
            recipient.fingerprint(),
            "7",
            serial,
            issuedAt,
            expiryOrNull,
            PackageHeader.VERSION,
            PackageHeader.CORE_VERSION);
    Map<String, ElementKeys> keys = new HashMap<>();
    for (DataElement element : policy.dataElements()) {
      if (element.method().keyLength() > 0) {
        Map<Integer, SecretBytes> byId = new HashMap<>();
        for (int id = 1; id <= (element.method().storesKeyId() ? keysOfEach : 1); id++) {
          var key = new byte[element.method().keyLength()];
          Arrays.fill(key, (byte) (element.uid().hashCode() + 16 * variant + id));
          byId.put(id, SecretBytes.takeFrom(key));
        }
        keys.put(element.uid(), ElementKeys.of(byId));
      }
    }
    Path path = file(file);
    try (OutputStream out = Files.newOutputStream(path)) {
      PackageSealer.seal(header, policy, keys, signer, recipient, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  /** The policy that the class comment describes. */
  public static PolicySnapshot policy() {
    List<DataElement> elements =
        List.of(
            element("1", NAME, alphaNumeric()),
            element("2", NAME_2, alphaNumeric()),
            element(
                "3",
                NUMBER,
                new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.NO_GENERATE_ERROR)),
            element("4", CARD, new CreditCardToken(Tokenizer.SLT_1_3, 0, 4, null, null, null)),
            element("5", EMAIL, new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.YES)),
            element("6", PHONE, new FpeNumeric(null, null, null, null, null)),
            element("7", TEXT, new Aes256GcmEnc()),
            element("8", BLOCKS, new Aes256CbcEnc(false, true)),
            element("9", NOTE, new NoEnc(LAST_FOUR)));
    List<PolicyRole> roles =
        List.of(
            role("1", "loader"),
            role("2", "fraud"),
            role("3", "support"),
            role("4", "analyst"),
            role("5", "mover"),
            role("6", "quiet"));
    List<Rule> rules = new ArrayList<>();
    for (DataElement element : elements) {
      String uid = element.uid();
      rules.add(
          rule("1", uid, null, NoAccessOperation.EXCEPTION, new Permissions(true, false, false)));
      rules.add(rule("2", uid, Rule.CLEAR, NoAccessOperation.EXCEPTION, Permissions.ALL));
      rules.add(
          rule(
              "3",
              uid,
              LAST_FOUR,
              NoAccessOperation.EXCEPTION,
              new Permissions(false, true, true)));
      rules.add(
          rule("5", uid, null, NoAccessOperation.EXCEPTION, new Permissions(false, true, false)));
    }
    rules.add(rule("4", "1", null, NoAccessOperation.PROTECTED_VALUE, Permissions.NONE));
    rules.add(rule("4", "5", null, NoAccessOperation.NULL_VALUE, Permissions.NONE));
    rules.add(rule("4", "4", null, NoAccessOperation.EXCEPTION, Permissions.NONE));
    rules.add(
        new Rule(
            "6",
            "1",
            null,
            NoAccessOperation.EXCEPTION,
            new RulePermission(new Permissions(false, false, true), AuditFlags.NONE)));
    return new PolicySnapshot(
        elements,
        List.of(new PolicyMask(LAST_FOUR, "LastFour", new Mask(0, 4, false, "*"))),
        roles,
        rules,
        List.of());
  }

  /**
   * A policy in which {@code fraud} may do everything in the clear, and everybody else unprotects
   * null.
   */
  public static PolicySnapshot policyOf(
      List<DataElement> elements, List<Application> applications) {
    List<Rule> rules = new ArrayList<>();
    for (DataElement element : elements) {
      rules.add(rule("1", element.uid(), null, NoAccessOperation.EXCEPTION, Permissions.ALL));
      rules.add(rule("2", element.uid(), null, NoAccessOperation.NULL_VALUE, Permissions.NONE));
    }
    return new PolicySnapshot(
        elements,
        List.of(),
        List.of(role("1", "fraud"), new PolicyRole("2", "everybody", true, List.of())),
        rules,
        applications);
  }

  /** The data elements that protect to text. */
  public static List<String> textElements() {
    return TEXT_ELEMENTS;
  }

  private static ProtectionMethod alphaNumeric() {
    return new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES);
  }

  static DataElement element(String uid, String name, ProtectionMethod method) {
    return new DataElement(uid, name, method);
  }

  private static PolicyRole role(String uid, String user) {
    return new PolicyRole(uid, "role of " + user, false, List.of(user));
  }

  private static Rule rule(
      String role,
      String element,
      String mask,
      NoAccessOperation noAccessOperation,
      Permissions access) {
    return new Rule(
        role, element, mask, noAccessOperation, new RulePermission(access, ALL_AUDITED));
  }

  private void writePem(String name, KeyPair pair) {
    String body = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    write(name, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    try {
      Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeJwks(String name, String kid, KeyPair pair) {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    write(
        name,
        """
        {"keys":[{"kty":"EC","crv":"P-256","x":"%s","y":"%s","kid":"%s","use":"sig","alg":"ES256"}]}
        """
            .formatted(coordinate(point.getAffineX()), coordinate(point.getAffineY()), kid));
  }

  private static String coordinate(BigInteger value) {
    byte[] signed = value.toByteArray();
    var bytes = new byte[32];
    int length = Math.min(signed.length, 32);
    System.arraycopy(signed, signed.length - length, bytes, 32 - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public Path write(String name, String text) {
    try {
      return Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair rsa() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair p256() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
