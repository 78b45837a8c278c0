package bulla.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.secrets.SecretFiles;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsMaterialTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path data;

  @Test
  void theServersCertificateIsForLocalhostAndComesFromItsOwnAuthority() throws Exception {
    String password = material(NOW).prepare();
    X509Certificate server = certificate(password);
    server.verify(authority().getPublicKey());
    assertThat(server.getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(authority().getBasicConstraints()).isZero();
  }

  @Test
  void aPasswordOfRandomBytesIsNotMadeSlowToTry() throws Exception {
    material(NOW).prepare();
    for (String file : List.of("ca.p12", "server.p12", "clients.p12")) {
      Pfx store = Pfx.getInstance(Files.readAllBytes(data.resolve("tls").resolve(file)));
      assertThat(store.getMacData().getIterationCount()).as(file).isOne();
    }
    var server = new PKCS12PfxPdu(Files.readAllBytes(data.resolve("tls/server.p12")));
    for (ContentInfo content : server.getContentInfos()) {
      if (content.getContentType().equals(PKCSObjectIdentifiers.data)) {
        for (PKCS12SafeBag bag : new PKCS12SafeBagFactory(content).getSafeBags()) {
          var key = (PKCS8EncryptedPrivateKeyInfo) bag.getBagValue();
          assertThat(iterations(key.getEncryptionAlgorithm())).as("the key").isOne();
        }
      } else {
        var certificates = EncryptedData.getInstance(content.getContent());
        assertThat(iterations(certificates.getEncryptionAlgorithm()))
            .as("the certificates")
            .isOne();
      }
    }
    // Other key stores of the process are as slow to try as ever.
    for (String use : List.of("mac", "certPbe", "keyPbe")) {
      assertThat(System.getProperty("keystore.pkcs12." + use + "IterationCount")).isNull();
    }
  }

  /** Of the key derivation of PBES2 (RFC 8018, appendix A.4). */
  private static BigInteger iterations(AlgorithmIdentifier algorithm) {
    var derivation = PBES2Parameters.getInstance(algorithm.getParameters()).getKeyDerivationFunc();
    return PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount();
  }

  @Test
  void whatIsThereStays() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    X509Certificate second = certificate(material(NOW.plus(Duration.ofDays(300))).prepare());
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aCertificateThatIsAboutToExpireIsMadeAnewByTheSameAuthority() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    X509Certificate authority = authority();
    X509Certificate second = certificate(material(NOW.plus(Duration.ofDays(380))).prepare());
    assertThat(second).isNotEqualTo(first);
    assertThat(authority()).isEqualTo(authority);
    second.verify(authority.getPublicKey());
  }

  @Test
  void aRenewedCertificateIsMadeAtOnceByTheSameAuthority() throws Exception {
    String password = material(NOW).prepare();
    X509Certificate first = certificate(password);
    material(NOW).renew();
    X509Certificate second = certificate(password);
    assertThat(second).isNotEqualTo(first);
    second.verify(authority().getPublicKey());
  }

  @Test
  void aKeyStoreThatDoesNotOpenLeavesTheCertificateAsItIs() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    String password = Files.readString(data.resolve("tls/keystore.password")).strip();
    Path broken = Files.writeString(data.resolve("given.p12"), "no key store");
    var material = material(NOW, Map.of("BULLA_TLS_KEYSTORE", broken.toString()));
    assertThatThrownBy(material::renew).isInstanceOf(CommandFailure.class);
    assertThat(certificate(password)).isEqualTo(first);
  }

  @Test
  void keysThatNothingUsesAnyMoreAreTakenAway() throws Exception {
    material(NOW).prepare();
    Path cookies = Files.writeString(data.resolve("tls/ltpa.keys"), "of an earlier version");
    material(NOW).prepare();
    assertThat(cookies).doesNotExist();
  }

  @Test
  void keyStoresAndTheirPasswordAreForTheOwnerAlone() throws Exception {
    material(NOW).prepare();
    for (String name : new String[] {"server.p12", "ca.p12", "clients.p12", "keystore.password"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("tls").resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whenTheOperatorsKeyStoreIsGivenNoMoreTheServersOwnIsServedAgain() throws Exception {
    Path theirs = theirStore("server", "their password");
    material(NOW).prepare();
    String password = material(NOW, giving(theirs)).prepare();
    X509Certificate given = certificate(password);
    assertThat(given.getIssuerX500Principal().getName()).isEqualTo("CN=Theirs");

    assertThat(material(NOW).prepare()).isEqualTo(password);
    certificate(password).verify(authority().getPublicKey());
  }

  @Test
  void aKeyOfTheOperatorsIsServedUnderWhateverAlias() throws Exception {
    Map<String, String> theirs = giving(theirStore("tomcat", "their password"));
    String password = material(NOW, theirs).prepare();
    KeyStore taken = store(password);
    assertThat(Collections.list(taken.aliases())).containsExactly("tomcat");
    assertThat(taken.getKey("tomcat", password.toCharArray())).isNotNull();

    material(NOW, theirs).renew();
    material(NOW).prepare();
    certificate(password).verify(authority().getPublicKey());
  }

  @Test
  void theOperatorsCertificateIsNotRenewedWithoutTheKeyStore() throws Exception {
    String password = material(NOW, giving(theirStore("server", "their password"))).prepare();
    X509Certificate given = certificate(password);

    assertThatThrownBy(material(NOW)::renew)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("BULLA_TLS_KEYSTORE");
    assertThat(certificate(password)).isEqualTo(given);
  }

  /** As it was left where the operator's store was copied with its own password. */
  @Test
  void aStoreThatAnotherPasswordOpensIsMadeAnew() throws Exception {
    Path theirs = theirStore("server", "their password");
    String password = material(NOW).prepare();
    Path tls = data.resolve("tls");
    Files.copy(theirs, tls.resolve("server.p12"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(theirs, tls.resolve("clients.p12"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(material(NOW).prepare()).isEqualTo(password);
    certificate(password).verify(authority().getPublicKey());
  }

  @Test
  void aStoreWithoutAPrivateKeyIsRefusedAndTheCertificateStays() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", first);
    Path theirs = theirs(store, "their password");

    var material = material(NOW, giving(theirs));
    assertThatThrownBy(material::renew)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no private key")
        .hasMessageContaining(theirs.toString());
    assertThatThrownBy(material::prepare).isInstanceOf(CommandFailure.class);
    assertThat(certificate(material(NOW).prepare())).isEqualTo(first);
  }

  @Test
  void whatIsNoKeyStoreOrNoAuthorityIsRefusedByTheVariable() throws Exception {
    Path theirs = theirStore("server", "their password");
    Path other = data.resolve("other.password");
    SecretFiles.create(other, "another password".getBytes(StandardCharsets.UTF_8));
    Path text = Files.writeString(data.resolve("text.pem"), "no certificate");
    Path missing = data.resolve("missing");

    assertRefused(
        Map.of(
            "BULLA_TLS_KEYSTORE",
            theirs.toString(),
            "BULLA_TLS_KEYSTORE_PASSWORD_FILE",
            other.toString()),
        "BULLA_TLS_KEYSTORE cannot be used: %s: its password is not the one".formatted(theirs));
    assertRefused(
        Map.of("BULLA_TLS_KEYSTORE", missing.toString()),
        "BULLA_TLS_KEYSTORE cannot be used: %s: there is no such file".formatted(missing));
    assertRefused(
        Map.of("BULLA_CLIENT_CA_FILE", missing.toString()),
        "BULLA_CLIENT_CA_FILE cannot be used: %s: there is no such file".formatted(missing));
    assertRefused(
        Map.of("BULLA_CLIENT_CA_FILE", text.toString()),
        "BULLA_CLIENT_CA_FILE cannot be used: %s: it has no PEM".formatted(text));
  }

  private void assertRefused(Map<String, String> settings, String because) {
    assertThatThrownBy(material(NOW, settings)::prepare)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(because);
  }

  @Test
  void anAddressThatTheCertificateIsNotForGetsANewOne() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    Map<String, String> elsewhere = Map.of("BULLA_HOST", "2001:db8::5");
    X509Certificate second = certificate(material(NOW, elsewhere).prepare());
    assertThat(second).isNotEqualTo(first);
    assertThat(second.getSubjectAlternativeNames().toString()).contains("2001:db8:0:0:0:0:0:5");
    assertThat(certificate(material(NOW, elsewhere).prepare())).isEqualTo(second);
    assertThat(certificate(material(NOW, Map.of("BULLA_HOST", "*")).prepare())).isEqualTo(second);
  }

  /** Half a file of a power cut, say, which a rename into its place does not rule out. */
  @Test
  void aFileThatCannotTakeItsPlaceLeavesNothingBehind() throws Exception {
    material(NOW).prepare();
    Path tls = data.resolve("tls");
    Files.delete(tls.resolve("clients.p12"));
    Files.createDirectories(tls.resolve("clients.p12/full"));
    List<Path> before = content(tls);

    assertThatThrownBy(material(NOW)::prepare).isInstanceOf(CommandFailure.class);
    assertThat(content(tls)).isEqualTo(before);
  }

  private static List<Path> content(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void aLostCertificateOfTheAuthorityIsWrittenAgain() throws Exception {
    material(NOW).prepare();
    X509Certificate authority = authority();
    Files.delete(data.resolve("tls/ca.pem"));
    material(NOW).prepare();
    assertThat(authority()).isEqualTo(authority);
  }

  private Map<String, String> giving(Path store) {
    return Map.of(
        "BULLA_TLS_KEYSTORE",
        store.toString(),
        "BULLA_TLS_KEYSTORE_PASSWORD_FILE",
        store + ".password");
  }

  private Path theirStore(String alias, String password) throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    var certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=Theirs"),
                        BigInteger.ONE,
                        Date.from(NOW),
                        Date.from(NOW.plus(Duration.ofDays(365))),
                        new X500Name("CN=Theirs"),
                        keys.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        alias, keys.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
    return theirs(store, password);
  }

  private Path theirs(KeyStore store, String password) throws Exception {
    Path file = data.resolve("theirs.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    SecretFiles.create(
        data.resolve("theirs.p12.password"), password.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private TlsMaterial material(Instant now) {
    return material(now, Map.of());
  }

  private TlsMaterial material(Instant now, Map<String, String> more) {
    var environment =
        new HashMap<>(Map.of("BULLA_DATA_DIR", data.toString(), "BULLA_HOST", "127.0.0.1"));
    environment.putAll(more);
    return new TlsMaterial(
        Settings.from(environment, new Installation(data)), Clock.fixed(now, ZoneOffset.UTC));
  }

  private X509Certificate certificate(String password) throws Exception {
    return (X509Certificate) store(password).getCertificate("server");
  }

  private KeyStore store(String password) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(data.resolve("tls/server.p12"))) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  private X509Certificate authority() throws Exception {
    try (InputStream in = Files.newInputStream(data.resolve("tls/ca.pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
