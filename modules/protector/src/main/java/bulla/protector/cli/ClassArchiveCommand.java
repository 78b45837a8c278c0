package bulla.protector.cli;

import bulla.protection.AlphaNumericToken;
import bulla.protection.CreditCardToken;
import bulla.protection.ElementKeys;
import bulla.protection.EmailToken;
import bulla.protection.FpeNumeric;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageSealer;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import bulla.secrets.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * The protector's part of {@code bulla class-archive}: carries out what commands do, with a package
 * and keys of its own, so that the Java machine that runs it has seen the classes of a usual
 * command when it writes its archive of them.
 */
@Command(name = "class-archive", hidden = true)
final class ClassArchiveCommand implements Callable<Integer> {
  private static final String USER = "user";
  private static final List<String> COLUMNS = List.of("name", "card", "email", "phone");
  private static final String ROWS =
      """
      name,card,email,phone
      Jane Doe,4111111111111111,jane@example.org,+49 30 1234567
      """;

  private final StandardStreams streams;

  ClassArchiveCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    // Nobody else may enter it.
    Path directory = Files.createTempDirectory("bulla-class-archive");
    try {
      prepare(directory);
      return rehearse(directory);
    } finally {
      delete(directory);
    }
  }

  private int rehearse(Path directory) {
    String file = directory.resolve("rps.json").toString();
    var keys =
        List.of(
            "--private-key", directory.resolve("key.pem").toString(),
            "--trusted-keys", directory.resolve("signer.jwks.json").toString());
    Stream<String> columns =
        COLUMNS.stream().flatMap(column -> Stream.of("--column", column + "=" + column));
    List<String> ofFiles =
        Stream.of(
                Stream.of("--package", file, "--user", USER),
                keys.stream(),
                Stream.of("--state-dir", directory.resolve("state").toString()),
                columns)
            .flatMap(part -> part)
            .toList();
    String clear = directory.resolve("clear.csv").toString();
    String hidden = directory.resolve("protected.csv").toString();
    int status = run(Stream.of("protect"), ofFiles, clear, hidden);
    if (status == ExitStatus.DONE) {
      status =
          run(Stream.of("unprotect"), ofFiles, hidden, directory.resolve("again.csv").toString());
    }
    if (status == ExitStatus.DONE) {
      status = run(Stream.of("package", "inspect", file), keys);
    }
    return status;
  }

  /** One command; what it writes for people is shown where it fails. */
  private int run(Stream<String> command, List<String> options, String... files) {
    var said = new ByteArrayOutputStream();
    var quiet =
        new StandardStreams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(said, true, StandardCharsets.UTF_8),
            false);
    String[] arguments =
        Stream.of(command, options.stream(), Stream.of(files))
            .flatMap(part -> part)
            .toArray(String[]::new);
    int status = Main.commandLine(quiet).execute(arguments);
    if (status != ExitStatus.DONE) {
      said.toString(StandardCharsets.UTF_8).lines().forEach(streams.err()::println);
    }
    return status;
  }

  private static void prepare(Path directory) throws IOException, GeneralSecurityException {
    KeyPair reader = pair("RSA");
    KeyPair signer = pair("EC");
    Path privateKey = directory.resolve("key.pem");
    Files.createFile(
        privateKey,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        privateKey,
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(reader.getPrivate().getEncoded())));
    var point = ((ECPublicKey) signer.getPublic()).getW();
    Files.writeString(
        directory.resolve("signer.jwks.json"),
        """
        {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"own","x":"%s","y":"%s"}]}
        """
            .formatted(coordinate(point.getAffineX()), coordinate(point.getAffineY())));
    Files.writeString(directory.resolve("clear.csv"), ROWS);
    seal(
        directory.resolve("rps.json"),
        new ExportKey(KeyWrap.RSA_OAEP_256, (RSAPublicKey) reader.getPublic()),
        new SigningKey("own", (ECPrivateKey) signer.getPrivate()));
  }

  private static void seal(Path file, ExportKey recipient, SigningKey signer) throws IOException {
    List<DataElement> elements =
        List.of(
            new DataElement("1", "name", new AlphaNumericToken(null, null, null, null, null)),
            new DataElement("2", "card", new CreditCardToken(null, 0, 4, null, null, null)),
            new DataElement("3", "email", new EmailToken(null, null, null)),
            new DataElement("4", "phone", new FpeNumeric(null, null, null, null, null)));
    Map<String, ElementKeys> keys = new HashMap<>();
    List<Rule> rules =
        elements.stream()
            .map(
                element -> {
                  int length = element.method().keyLength();
                  keys.put(element.uid(), ElementKeys.of(SecretBytes.random(length)));
                  return new Rule(
                      "1",
                      element.uid(),
                      null,
                      NoAccessOperation.EXCEPTION,
                      new RulePermission(
                          Permissions.ALL, new AuditFlags(Permissions.ALL, Permissions.ALL)));
                })
            .toList();
    var policy =
        new PolicySnapshot(
            elements,
            List.of(),
            List.of(new PolicyRole("1", "role", false, List.of(USER))),
            rules,
            List.of());
    var header =
        new PackageHeader(
            "https://localhost",
            recipient.fingerprint(),
            "1",
            1,
            Instant.now(),
            null,
            PackageHeader.VERSION,
            PackageHeader.CORE_VERSION);
    try (OutputStream out = Files.newOutputStream(file)) {
      PackageSealer.seal(header, policy, keys, signer, recipient, out);
    }
  }

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static String coordinate(BigInteger number) {
    byte[] signed = number.toByteArray();
    var fixed = new byte[32];
    int length = Math.min(signed.length, fixed.length);
    System.arraycopy(signed, signed.length - length, fixed, fixed.length - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> content = Files.walk(directory)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
