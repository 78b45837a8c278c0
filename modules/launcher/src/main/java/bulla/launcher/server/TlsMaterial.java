package bulla.launcher.server;

import bulla.launcher.CommandFailure;
import bulla.secrets.FailureReason;
import bulla.secrets.SecretFile;
import bulla.secrets.SecretFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of HTTPS in the directory {@code tls}: an authority of this server's own (10 years), a
 * server certificate from it (397 days, made anew when less than 30 are left), and the authorities
 * whose client certificates are accepted. The keys of an operator's own key store take the place of
 * the first two, as long as one is given. One generated password opens all of these files, whatever
 * the operator's opens.
 */
final class TlsMaterial {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(397);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private static final List<String> ITERATIONS =
      List.of(
          "keystore.pkcs12.macIterationCount",
          "keystore.pkcs12.certPbeIterationCount",
          "keystore.pkcs12.keyPbeIterationCount");

  private final Path directory;
  private final Settings settings;
  private final Clock clock;

  TlsMaterial(Settings settings, Clock clock) {
    this.directory = settings.data().resolve("tls");
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes what is missing or about to expire, and takes away what nothing uses any more.
   *
   * @return the password of the key stores
   * @throws CommandFailure if a key store that exists cannot be opened
   */
  String prepare() {
    try {
      String password = password();
      prepareServerKeys(password.toCharArray(), RENEW_BEFORE);
      // Keys of cookies, which earlier versions had Liberty make.
      Files.deleteIfExists(directory.resolve("ltpa.keys"));
      prepareClientAuthorities(password.toCharArray());
      return password;
    } catch (IOException | GeneralSecurityException failed) {
      throw new CommandFailure(
          "Cannot prepare the TLS keys in " + directory + ": " + reason(failed), failed);
    }
  }

  /**
   * Makes a new certificate from this server's authority, or takes over the operator's key store. A
   * running server sees the new file.
   *
   * @throws CommandFailure if a key store cannot be opened, or if none is given and the server has
   *     an operator's; then the old one stays
   */
  void renew() {
    try {
      char[] password = password().toCharArray();
      if (settings.value("BULLA_TLS_KEYSTORE").isEmpty() && hasKeysOfAnOperator(password)) {
        throw new CommandFailure(
            "The server has the keys of an operator's own key store: set BULLA_TLS_KEYSTORE and"
                + " BULLA_TLS_KEYSTORE_PASSWORD_FILE as for the server");
      }
      prepareServerKeys(password, CERTIFICATE_LIFE.plusDays(1));
    } catch (IOException | GeneralSecurityException failed) {
      throw new CommandFailure("The certificate stays as it is: " + reason(failed), failed);
    }
  }

  private String password() throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return read(SecretFiles.readOrCreate(directory.resolve("keystore.password")));
  }

  private static String read(SecretFile opened) {
    try (SecretFile file = opened) {
      return file.secret().with(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private void prepareServerKeys(char[] password, Duration renewBefore)
      throws IOException, GeneralSecurityException {
    var given = settings.value("BULLA_TLS_KEYSTORE").map(Path::of);
    if (given.isPresent()) {
      takeOver(given.get(), password);
    } else {
      prepareServerCertificate(password, renewBefore);
    }
  }

  /** Opened before it is taken: the server must never be left with one that it cannot use. */
  private void takeOver(Path given, char[] password) throws IOException, GeneralSecurityException {
    char[] theirs =
        settings
            .value("BULLA_TLS_KEYSTORE_PASSWORD_FILE")
            .map(file -> read(SecretFiles.read(Path.of(file))).toCharArray())
            .orElse(password);
    KeyStore opened;
    try {
      opened = open(given, theirs);
    } catch (IOException unopened) {
      // Java says so of a wrong password by this cause alone.
      throw unusable(
          "BULLA_TLS_KEYSTORE",
          given,
          unopened.getCause() instanceof UnrecoverableKeyException
              ? "its password is not the one of BULLA_TLS_KEYSTORE_PASSWORD_FILE"
              : FailureReason.of(unopened),
          unopened);
    }
    KeyStore taken = empty();
    for (String alias : Collections.list(opened.aliases())) {
      if (opened.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
        taken.setKeyEntry(
            alias, opened.getKey(alias, theirs), password, opened.getCertificateChain(alias));
      }
    }
    if (taken.size() == 0) {
      throw new CommandFailure(
          "The key store %s (BULLA_TLS_KEYSTORE) has no private key: put the key of the server's certificate into it"
              .formatted(given));
    }
    write(store(), taken, password);
  }

  private Path store() {
    return directory.resolve("server.p12");
  }

  private void prepareServerCertificate(char[] password, Duration renewBefore)
      throws IOException, GeneralSecurityException {
    if (isGood(password, renewBefore)) {
      return;
    }
    Authority authority = authority(password);
    KeyPair keys = newKeys();
    X509Certificate certificate =
        Certificates.ofServer(
            keys,
            Stream.of("localhost", "127.0.0.1", "::1", settings.hostName()),
            authority.key(),
            clock.instant(),
            CERTIFICATE_LIFE);
    save(store(), "server", keys.getPrivate(), password, certificate, authority.certificate());
  }

  /**
   * Whether HTTPS has a certificate of this server's own authority, for the address that it listens
   * on, with some life left. An operator's, who has given no key store this time, is none.
   */
  private boolean isGood(char[] password, Duration renewBefore)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(store()) || !Files.exists(settings.authority())) {
      return false;
    }
    try (InputStream in = Files.newInputStream(settings.authority())) {
      Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return open(store(), password).getCertificate("server") instanceof X509Certificate certificate
          && isSigned(certificate, authority)
          && certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(renewBefore))
          && isForOwnAddress(certificate);
    } catch (IOException notOpened) {
      // With another password: before, the operator's opened it. A wrong one of this server's own
      // does not open the authority either, which is said then.
      return false;
    }
  }

  private boolean hasKeysOfAnOperator(char[] password)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(store())) {
      return false;
    }
    if (!Files.exists(settings.authority())) {
      return true;
    }
    try (InputStream in = Files.newInputStream(settings.authority())) {
      Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
      KeyStore keys = open(store(), password);
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.getCertificate(alias) instanceof X509Certificate certificate
            && isSigned(certificate, authority)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean isSigned(X509Certificate certificate, Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException others) {
      return false;
    }
  }

  private boolean isForOwnAddress(X509Certificate certificate) throws IOException {
    return !settings.hasOwnAddress() || Certificates.names(certificate, settings.host());
  }

  private record Authority(PrivateKey key, X509Certificate certificate) {}

  private Authority authority(char[] password) throws IOException, GeneralSecurityException {
    Path store = directory.resolve("ca.p12");
    if (Files.exists(store)) {
      KeyStore opened = open(store, password);
      var own =
          new Authority(
              (PrivateKey) opened.getKey("ca", password),
              (X509Certificate) opened.getCertificate("ca"));
      if (!Files.exists(settings.authority())) {
        publish(own.certificate());
      }
      return own;
    }
    KeyPair keys = newKeys();
    X509Certificate certificate = Certificates.ofAuthority(keys, clock.instant(), AUTHORITY_LIFE);
    save(store, "ca", keys.getPrivate(), password, certificate);
    publish(certificate);
    return new Authority(keys.getPrivate(), certificate);
  }

  private void publish(X509Certificate authority) throws IOException, GeneralSecurityException {
    SecretFiles.replace(
        settings.authority(),
        ("-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(authority.getEncoded())
                + "\n-----END CERTIFICATE-----\n")
            .getBytes(StandardCharsets.US_ASCII));
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
    if (given.isEmpty()) {
      return Files.exists(settings.authority()) ? certificates(settings.authority()) : List.of();
    }
    try {
      return certificates(given.get());
    } catch (IOException unreadable) {
      throw unusable("BULLA_CLIENT_CA_FILE", given.get(), FailureReason.of(unreadable), unreadable);
    } catch (GeneralSecurityException others) {
      throw unusable("BULLA_CLIENT_CA_FILE", given.get(), "it has no PEM certificates", others);
    }
  }

  private static CommandFailure unusable(String variable, Path file, String why, Exception cause) {
    return new CommandFailure("%s cannot be used: %s: %s".formatted(variable, file, why), cause);
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
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
    withoutIterations(() -> store.setKeyEntry(alias, key, password, chain));
    write(file, store, password);
  }

  private static void write(Path file, KeyStore store, char[] password)
      throws IOException, GeneralSecurityException {
    var bytes = new ByteArrayOutputStream();
    withoutIterations(() -> store.store(bytes, password));
    SecretFiles.replace(file, bytes.toByteArray());
  }

  /**
   * Iterations make guessing slow. Nobody guesses a password of random bytes, and each start opens
   * these files several times, twice before anything else can begin: 10,000 cost it half a second.
   * Java takes their number from the properties of the process alone, which are as before at the
   * end.
   */
  private static synchronized void withoutIterations(StoreWork work)
      throws IOException, GeneralSecurityException {
    Map<String, Optional<String>> before = new HashMap<>();
    for (String property : ITERATIONS) {
      before.put(property, Optional.ofNullable(System.setProperty(property, "1")));
    }
    try {
      work.run();
    } finally {
      before.forEach(
          (property, value) ->
              value.ifPresentOrElse(
                  former -> System.setProperty(property, former),
                  () -> System.clearProperty(property)));
    }
  }

  /** Works on a key store. */
  private interface StoreWork {
    void run() throws IOException, GeneralSecurityException;
  }

  private static String reason(Exception failure) {
    return failure instanceof IOException io ? FailureReason.withFile(io) : failure.getMessage();
  }
}
