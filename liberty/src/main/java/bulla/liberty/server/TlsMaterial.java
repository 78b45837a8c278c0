package bulla.liberty.server;

import bulla.liberty.CommandFailure;
import bulla.secrets.SecretFile;
import bulla.secrets.SecretFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The keys of HTTPS in the directory {@code tls}: an authority of this server's own (10 years), a
 * server certificate from it (397 days, made anew when less than 30 are left), and the authorities
 * whose client certificates are accepted. An operator's own key store takes the place of the first
 * two.
 */
final class TlsMaterial {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(397);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final Settings settings;
  private final Clock clock;

  TlsMaterial(Settings settings, Clock clock) {
    this.directory = settings.data().resolve("tls");
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes what is missing or about to expire.
   *
   * @return the password of the key stores
   * @throws CommandFailure if a key store that exists cannot be opened
   */
  String prepare() {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      String password = password();
      if (settings.value("BULLA_TLS_KEYSTORE").isEmpty()) {
        prepareServerCertificate(password.toCharArray(), RENEW_BEFORE);
      } else {
        takeOver(Path.of(settings.value("BULLA_TLS_KEYSTORE").orElseThrow()), password);
      }
      forgetCookieKeys(password.toCharArray());
      prepareClientAuthorities(password.toCharArray());
      return password;
    } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
      throw new CommandFailure(
          "Cannot prepare the TLS keys in " + directory + ": " + failed.getMessage(), failed);
    }
  }

  /**
   * Makes a new certificate from this server's authority, or takes over the operator's key store. A
   * running server sees the new file.
   *
   * @throws CommandFailure if a key store cannot be opened; then the old one stays
   */
  void renew() {
    try {
      if (settings.value("BULLA_TLS_KEYSTORE").isEmpty()) {
        prepareServerCertificate(password().toCharArray(), CERTIFICATE_LIFE.plusDays(1));
      } else {
        takeOver(Path.of(settings.value("BULLA_TLS_KEYSTORE").orElseThrow()), password());
      }
    } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
      throw new CommandFailure("The certificate stays as it is: " + failed.getMessage(), failed);
    }
  }

  /** Opened before it is taken: the server must never be left with one that it cannot read. */
  private void takeOver(Path given, String password) throws IOException, GeneralSecurityException {
    open(given, password.toCharArray());
    replace(directory.resolve("server.p12"), Files.readAllBytes(given));
  }

  private String password() {
    var given = settings.value("BULLA_TLS_KEYSTORE_PASSWORD_FILE").map(Path::of);
    try (SecretFile file =
        given.isPresent()
            ? SecretFiles.read(given.get())
            : SecretFiles.readOrCreate(directory.resolve("keystore.password"))) {
      return file.secret().with(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private void prepareServerCertificate(char[] password, Duration renewBefore)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Path store = directory.resolve("server.p12");
    if (Files.exists(store)) {
      var certificate = (X509Certificate) open(store, password).getCertificate("server");
      if (certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(renewBefore))) {
        return;
      }
    }
    Authority authority = authority(password);
    KeyPair keys = newKeys();
    var builder =
        certificate("CN=localhost", keys, "CN=Bulla authority", CERTIFICATE_LIFE)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .addExtension(Extension.subjectAlternativeName, false, names());
    var certificate = sign(builder, authority.key());
    save(store, "server", keys.getPrivate(), password, certificate, authority.certificate());
  }

  private record Authority(PrivateKey key, X509Certificate certificate) {}

  private Authority authority(char[] password)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Path store = directory.resolve("ca.p12");
    if (Files.exists(store)) {
      KeyStore opened = open(store, password);
      return new Authority(
          (PrivateKey) opened.getKey("ca", password),
          (X509Certificate) opened.getCertificate("ca"));
    }
    KeyPair keys = newKeys();
    var builder =
        certificate("CN=Bulla authority", keys, "CN=Bulla authority", AUTHORITY_LIFE)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    var certificate = sign(builder, keys.getPrivate());
    save(store, "ca", keys.getPrivate(), password, certificate);
    replace(
        settings.authority(),
        ("-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n")
            .getBytes(StandardCharsets.US_ASCII));
    return new Authority(keys.getPrivate(), certificate);
  }

  /**
   * Liberty makes keys for cookies, which nobody uses here, and fails at every start once their
   * password is another.
   */
  private void forgetCookieKeys(char[] password) throws IOException, GeneralSecurityException {
    Path clients = directory.resolve("clients.p12");
    if (Files.exists(clients)) {
      try {
        open(clients, password);
      } catch (IOException otherPassword) {
        Files.deleteIfExists(directory.resolve("ltpa.keys"));
      }
    }
  }

  /**
   * Without a file of authorities only this server's own is trusted, which issues to nobody else.
   */
  private void prepareClientAuthorities(char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = empty();
    int number = 0;
    for (Certificate certificate : clientAuthorities()) {
      trusted.setCertificateEntry("client-authority-" + number++, certificate);
    }
    write(directory.resolve("clients.p12"), trusted, password);
  }

  private Collection<? extends Certificate> clientAuthorities()
      throws IOException, GeneralSecurityException {
    var given = settings.value("BULLA_CLIENT_CA_FILE").map(Path::of);
    if (given.isEmpty() && !Files.exists(settings.authority())) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(given.orElse(settings.authority()))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private GeneralNames names() {
    String host = settings.hostName();
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.iPAddress, "::1"),
          new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host)
        });
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private X509v3CertificateBuilder certificate(
      String subject, KeyPair keys, String issuer, Duration life) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        new X500Name(issuer),
        new BigInteger(127, RANDOM),
        Date.from(now.minus(Duration.ofMinutes(5))),
        Date.from(now.plus(life)),
        new X500Name(subject),
        keys.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyStore open(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static void save(
      Path file, String alias, PrivateKey key, char[] password, Certificate... chain)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry(alias, key, password, chain);
    write(file, store, password);
  }

  private static void write(Path file, KeyStore store, char[] password)
      throws IOException, GeneralSecurityException {
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    replace(file, bytes.toByteArray());
  }

  /** The file appears whole, for its owner alone, in place of the one before it. */
  private static void replace(Path file, byte[] content) throws IOException {
    Path unfinished = Files.createTempFile(file.getParent(), ".tls", ".new");
    try (var channel = Files.newByteChannel(unfinished, java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
