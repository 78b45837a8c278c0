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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * {@code ./bulla bench package}: what it costs to seal a package of 100,000 users and 1,000 data
 * elements, and to activate it: to read, decrypt, verify and index it. The distinct sets of rights
 * make it as large as wanted. Each activation runs in a process with the options of this one, whose
 * heap is less than three times the package.
 */
final class PackageBench {
  private static final int USERS = 100_000;
  private static final int ELEMENTS = 1_000;
  private static final int BYTES_OF_ONE_PROFILE = 440_000;
  private static final int BYTES_OF_ONE_USER = 50;
  private static final int PROCESSES = 5;
  private static final int ACTIVATIONS = 5;
  private static final long MEGABYTE = 1_000_000;

  /** The package, the private key that it is sealed to, and its issuer's keys. */
  static final List<String> FILES = List.of("rps.json", "key.pem", "signer.jwks.json");

  private PackageBench() {}

  /** Seals and activates packages of about so many megabytes, and a small one of users alone. */
  static void run(List<Integer> megabytes) throws Exception {
    System.out.println(
        "| package | sealed in | heap for activation | first activation, middle of "
            + PROCESSES
            + " | its processor time, all threads | best of "
            + PROCESSES * ACTIVATIONS
            + " | its processor time | kept after it |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int size : megabytes) {
      long bytes = size * MEGABYTE;
      measure("", policy(Math.max(1, (int) (bytes / BYTES_OF_ONE_PROFILE)), ELEMENTS, USERS));
    }
    long bytes = Collections.min(megabytes) * MEGABYTE;
    measure(" of users alone", policy(1, 1, (int) (bytes / BYTES_OF_ONE_USER)));
  }

  private static void measure(String kind, PolicySnapshot policy) throws Exception {
    Path directory = Files.createTempDirectory("bulla-bench-package");
    try {
      long started = System.nanoTime();
      seal(directory, policy);
      double sealed = seconds(started);
      long bytes = Files.size(directory.resolve("rps.json"));
      long heap = Math.max(32, 3 * bytes / (1 << 20) - 1);
      List<double[]> processes = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(activated(directory, heap));
      }
      processes.sort(Comparator.comparingDouble(figures -> figures[0]));
      double[] middle = processes.get(PROCESSES / 2);
      double[] best = Collections.min(processes, Comparator.comparingDouble(each -> each[2]));
      System.out.printf(
          Locale.ROOT,
          "| %d MB%s | %.2f s | %d MiB | %.2f s | %.2f s | %.2f s | %.2f s | %.0f MB |%n",
          bytes / MEGABYTE,
          kind,
          sealed,
          heap,
          middle[0],
          middle[1],
          best[2],
          best[3],
          best[4]);
    } finally {
      for (String file : FILES) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.delete(directory);
    }
  }

  /** What {@link #main} prints in a process with a heap of so many MiB. */
  private static double[] activated(Path directory, long heap) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Xmx" + heap + "m",
            "-cp",
            System.getProperty("java.class.path"),
            PackageBench.class.getName(),
            directory.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("It does not open with a heap of " + heap + " MiB");
    }
    return Pattern.compile(" ").splitAsStream(said).mapToDouble(Double::parseDouble).toArray();
  }

  /**
   * The process of its own: activates the package in a directory. It prints the seconds of the
   * first activation, those of the processor for all its threads, the seconds of the fastest one,
   * those of the processor for its thread, and the megabytes that the last one keeps.
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    var decryptor = PemDecryptor.of(directory.resolve("key.pem"));
    var trusted = TrustedKeys.fromJwks(Files.readString(directory.resolve("signer.jwks.json")));
    double first = 0;
    double firstBusy = 0;
    double best = Double.MAX_VALUE;
    double bestBusy = 0;
    long kept = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ACTIVATIONS; i++) {
      long started = System.nanoTime();
      long busy = threads.getCurrentThreadCpuTime();
      double allBusy = processorSeconds();
      try (OpenedPackage opened =
          PackageOpener.open(directory.resolve("rps.json"), decryptor, trusted, new NoMemory())) {
        double taken = seconds(started);
        if (i == 0) {
          first = taken;
          firstBusy = processorSeconds() - allBusy;
        }
        if (taken < best) {
          best = taken;
          bestBusy = (threads.getCurrentThreadCpuTime() - busy) / 1e9;
        }
        if (i == ACTIVATIONS - 1) {
          kept = used();
        }
        if (opened.accessTable().users().isEmpty()) {
          throw new IllegalStateException("Users are missing");
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%f %f %f %f %f", first, firstBusy, best, bestBusy, (double) kept / MEGABYTE);
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
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

  private static PolicySnapshot policy(int profiles, int dataElements, int members) {
    var random = new Random(1);
    List<DataElement> elements = new ArrayList<>();
    for (int i = 1; i <= dataElements; i++) {
      elements.add(
          new DataElement(
              Integer.toString(i), "DE_" + i, new AlphaNumericToken(null, null, null, null, null)));
    }
    List<List<String>> users = new ArrayList<>();
    for (int i = 0; i < profiles; i++) {
      users.add(new ArrayList<>());
    }
    for (int i = 0; i < members; i++) {
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
