package bulla.bench;

import bulla.protection.AlphaNumericToken;
import bulla.protection.ElementKeys;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackageSealer;
import bulla.resilientpackage.envelope.SerialMemory;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import bulla.secrets.SecretBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * {@code ./bulla bench package}: what it costs to seal a package of 100,000 users and 1,000 data
 * elements, and to activate it: to read, decrypt, verify and index it. The distinct sets of rights
 * make it as large as wanted. Each activation runs in a process whose heap is less than three times
 * the package.
 */
final class PackageBench {
  private static final int USERS = 100_000;
  private static final int ELEMENTS = 1_000;
  private static final int BYTES_OF_ONE_PROFILE = 440_000;
  private static final int ACTIVATIONS = 5;
  private static final long MEGABYTE = 1_000_000;

  /** The package, the private key that it is sealed to, and its issuer's keys. */
  static final List<String> FILES = List.of("rps.json", "key.pem", "signer.jwks.json");

  private PackageBench() {}

  /** Seals and activates packages of about so many megabytes. */
  static void run(List<Integer> megabytes) throws Exception {
    System.out.println(
        "| package | sealed in | heap for activation | first activation | best of "
            + ACTIVATIONS
            + " | its processor time | kept after it |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (int size : megabytes) {
      Path directory = Files.createTempDirectory("bulla-bench-package");
      try {
        long started = System.nanoTime();
        seal(directory, policy(Math.max(1, (int) (size * MEGABYTE / BYTES_OF_ONE_PROFILE))));
        double sealed = seconds(started);
        long bytes = Files.size(directory.resolve("rps.json"));
        long heap = Math.max(32, 3 * bytes / (1 << 20) - 1);
        System.out.printf(
            Locale.ROOT,
            "| %d MB | %.2f s | %d MiB | %s |%n",
            bytes / MEGABYTE,
            sealed,
            heap,
            activated(directory, heap));
      } finally {
        for (String file : FILES) {
          Files.deleteIfExists(directory.resolve(file));
        }
        Files.delete(directory);
      }
    }
  }

  private static String activated(Path directory, long heap) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                PackageBench.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      return "failed | | |";
    }
    return said;
  }

  /** The process of its own: activates the package in a directory. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    var decryptor = PemDecryptor.of(directory.resolve("key.pem"));
    var trusted = TrustedKeys.fromJwks(Files.readString(directory.resolve("signer.jwks.json")));
    double first = 0;
    double best = Double.MAX_VALUE;
    double processor = 0;
    long kept = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ACTIVATIONS; i++) {
      long started = System.nanoTime();
      long busy = threads.getCurrentThreadCpuTime();
      try (OpenedPackage opened =
          PackageOpener.open(directory.resolve("rps.json"), decryptor, trusted, new NoMemory())) {
        double taken = seconds(started);
        first = i == 0 ? taken : first;
        if (taken < best) {
          best = taken;
          processor = (threads.getCurrentThreadCpuTime() - busy) / 1e9;
        }
        if (i == ACTIVATIONS - 1) {
          kept = used();
        }
        if (opened.accessTable().users().size() != USERS) {
          throw new IllegalStateException("Users are missing");
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%.2f s | %.2f s | %.2f s | %d MB", first, best, processor, kept / MEGABYTE);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Writes {@link #FILES} for a policy; each data element has a random key of 32 bytes. */
  static void seal(Path directory, PolicySnapshot policy)
      throws GeneralSecurityException, IOException {
    KeyPair reader = pair("RSA");
    KeyPair signer = pair("EC");
    write(
        directory.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----"
            + Base64.getEncoder().encodeToString(reader.getPrivate().getEncoded())
            + "-----END PRIVATE KEY-----");
    var point = ((ECPublicKey) signer.getPublic()).getW();
    write(
        directory.resolve("signer.jwks.json"),
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"bench\",\"x\":\"%s\",\"y\":\"%s\"}]}"
            .formatted(coordinate(point.getAffineX()), coordinate(point.getAffineY())));
    var recipient = new ExportKey(KeyWrap.RSA_OAEP_256, (RSAPublicKey) reader.getPublic());
    Map<String, ElementKeys> keys = new HashMap<>();
    policy
        .dataElements()
        .forEach(element -> keys.put(element.uid(), ElementKeys.of(SecretBytes.random(32))));
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve("rps.json")), 1 << 16)) {
      PackageSealer.seal(
          new PackageHeader(
              "https://bench.example",
              recipient.fingerprint(),
              "1",
              1,
              Instant.now(),
              null,
              PackageHeader.VERSION,
              PackageHeader.CORE_VERSION),
          policy,
          keys,
          new SigningKey("bench", (ECPrivateKey) signer.getPrivate()),
          recipient,
          out);
    }
  }

  private static PolicySnapshot policy(int profiles) {
    var random = new Random(1);
    List<DataElement> elements = new ArrayList<>();
    for (int i = 1; i <= ELEMENTS; i++) {
      elements.add(
          new DataElement(
              Integer.toString(i), "DE_" + i, new AlphaNumericToken(null, null, null, null, null)));
    }
    List<List<String>> users = new ArrayList<>();
    for (int i = 0; i < profiles; i++) {
      users.add(new ArrayList<>());
    }
    for (int i = 0; i < USERS; i++) {
      users.get(i % profiles).add("user-" + i + "@example.com");
    }
    List<PolicyRole> roles = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < profiles; i++) {
      String role = Integer.toString(i + 1);
      roles.add(new PolicyRole(role, "role " + role, false, users.get(i)));
      for (DataElement element : elements) {
        rules.add(
            new Rule(
                role,
                element.uid(),
                null,
                random.nextBoolean() ? NoAccessOperation.EXCEPTION : NoAccessOperation.NULL_VALUE,
                new RulePermission(
                    permissions(random),
                    new AuditFlags(permissions(random), permissions(random)))));
      }
    }
    return new PolicySnapshot(elements, List.of(), roles, rules, List.of());
  }

  private static Permissions permissions(Random random) {
    return new Permissions(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
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

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  /** Accepts everything. */
  private static final class NoMemory implements SerialMemory {
    @Override
    public OptionalLong lastAccepted(String issuer, String dataStore) {
      return OptionalLong.empty();
    }

    @Override
    public boolean accept(String issuer, String dataStore, long serial) {
      return true;
    }
  }
}
