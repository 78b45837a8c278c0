package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.NoEnc;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a package can make its reader take: in a process whose heap has room for the package once,
 * for what is kept of it, and for the platform. And that its writer takes less than the package.
 */
class BoundedMemoryTest {
  /** Each set of these is the rights of one user: what grows with the bytes of the package. */
  private static final int ELEMENTS = 12;

  private static final int USERS = 650_000;

  private static final int ALTERATIONS = 6;

  /** The content takes nine sixteenths of the package. No other copy of any of it fits. */
  private static final int TIMES = 1;

  /** The index of short names takes more than their text. */
  private static final int TIMES_OF_USERS = 2;

  private static final int LEAST_OF_FOUR_DIGITS = 36 * 36 * 36;

  /** What a process takes that opens a small package, in bytes. */
  private static final long PLATFORM = 13L << 20;

  private static final int SEALED_ELEMENTS = 14;

  @TempDir private Path directory;

  @Test
  void neitherAGenuinePackageNorAnAlteredOneTakesMoreMemoryThanItsSizeAllows() throws Exception {
    Path file = directory.resolve("rps.json");
    seal(file);
    opensInItsMemory(file);
  }

  /** Of short names, of which the index is larger than they are, in two scripts. */
  @Test
  void neitherDoesOneOfUsersAlone() throws Exception {
    Path file = directory.resolve("rps.json");
    List<String> users =
        IntStream.range(0, USERS)
            .mapToObj(user -> Integer.toString(LEAST_OF_FOUR_DIGITS + user, Character.MAX_RADIX))
            .collect(Collectors.toCollection(ArrayList::new));
    users.add("用户");
    seal(file, 1, List.of(new PolicyRole("1", "all", false, users)), List.of());
    opensInMemory(file, TIMES_OF_USERS);
  }

  private void opensInItsMemory(Path file) throws Exception {
    opensInMemory(file, TIMES);
  }

  private void opensInMemory(Path file, int times) throws Exception {
    assertThat(Files.size(file)).isBetween(10_000_000L, 11_000_000L);
    Path key = Files.writeString(directory.resolve("key.pem"), Sealing.pem(Sealing.READER));
    Path jwks = Files.writeString(directory.resolve("signer.jwks.json"), Sealing.jwks());
    run(
        BoundedMemoryTest.class,
        PLATFORM + times * Files.size(file),
        file.toString(),
        key.toString(),
        jwks.toString());
  }

  @Test
  void aPackageIsSealedWithoutACopyOfItInMemory() throws Exception {
    seal(5_900, 15_000_000, 17 << 20);
  }

  @Test
  @Tag("slow")
  void aPackageOf30MegabytesIsSealedInLessMemoryThanItHasBytes() throws Exception {
    seal(11_000, 30_000_000, 28 << 20);
  }

  /** The heap has room for the platform and what the policy comes to, a fraction of its package. */
  private void seal(int users, long bytes, long heap) throws Exception {
    Path file = directory.resolve("rps.json");
    run(LargeSealing.class, heap, file.toString(), Integer.toString(users));
    assertThat(Files.size(file)).isBetween(bytes, bytes + bytes / 10);
  }

  /** Runs a class in a process with a heap of so many bytes. */
  private void run(Class<?> main, long heap, String... arguments) throws Exception {
    Path output = directory.resolve("output");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                // A collector that can use the heap to its end, as a package in one piece needs.
                "-XX:+UseSerialGC",
                "-XX:NewSize=4m",
                "-XX:MaxNewSize=4m",
                "-cp",
                System.getProperty("jdk.module.path") == null
                    ? System.getProperty("java.class.path")
                    : System.getProperty("jdk.module.path")
                        + File.pathSeparator
                        + System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  /** Seals rights of so many users, each of which has other ones; few roles make them all. */
  static final class LargeSealing {
    private LargeSealing() {}

    public static void main(String[] arguments) throws IOException {
      int users = Integer.parseInt(arguments[1]);
      List<PolicyRole> roles = new ArrayList<>();
      List<Rule> rules = new ArrayList<>();
      for (int element = 0; element < SEALED_ELEMENTS; element++) {
        String uid = Integer.toString(element + 1);
        int bit = 1 << element;
        roles.add(
            new PolicyRole(
                uid,
                "role-" + uid,
                false,
                IntStream.rangeClosed(1, users)
                    .filter(user -> (user & bit) != 0)
                    .mapToObj(user -> "user-" + user)
                    .toList()));
        rules.add(Sealing.rule(uid, uid, null, Permissions.ALL));
      }
      seal(Path.of(arguments[0]), SEALED_ELEMENTS, roles, rules);
    }
  }

  /** What the process of its own does. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Decryptor decryptor = new Recalling(PemDecryptor.of(Path.of(arguments[1])));
    TrustedKeys trusted = TrustedKeys.fromJwks(Files.readString(Path.of(arguments[2])));
    assertThat(isOpened(file, decryptor, trusted)).isTrue();
    var random = new Random(7);
    try (var altered = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < ALTERATIONS; i++) {
        long place = (long) (random.nextDouble() * altered.length());
        altered.seek(place);
        int genuine = altered.read();
        altered.seek(place);
        altered.write(genuine ^ 1 << random.nextInt(6));
        assertThat(isOpened(file, decryptor, trusted)).as("alteration at " + place).isFalse();
        altered.seek(place);
        altered.write(genuine);
      }
      assertThat(isOpened(file, decryptor, trusted)).as("as it was").isTrue();
      altered.seek(altered.length());
      altered.write(0);
      assertThat(isOpened(file, decryptor, trusted)).as("continued").isFalse();
      altered.setLength((long) (random.nextDouble() * altered.length()));
      assertThat(isOpened(file, decryptor, trusted)).as("cut").isFalse();
    }
  }

  private static boolean isOpened(Path file, Decryptor decryptor, TrustedKeys trusted)
      throws IOException {
    try {
      PackageOpener.open(
              file,
              decryptor,
              trusted,
              new Sealing.RememberedSerials(),
              new OpeningRules(Clock.systemUTC(), 1 << 25))
          .close();
      return true;
    } catch (PackageException refused) {
      return false;
    }
  }

  private static void seal(Path file) throws IOException {
    List<PolicyRole> roles = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (int i = 1; i < 1 << ELEMENTS; i++) {
      String role = Integer.toString(i);
      roles.add(new PolicyRole(role, "role-" + role, false, List.of("user-" + role)));
      for (int element = 0; element < ELEMENTS; element++) {
        if ((i >> element & 1) == 1) {
          rules.add(Sealing.rule(role, Integer.toString(element + 1), null, Permissions.ALL));
        }
      }
    }
    seal(file, ELEMENTS, roles, rules);
  }

  private static void seal(Path file, int elements, List<PolicyRole> roles, List<Rule> rules)
      throws IOException {
    var policy =
        new PolicySnapshot(
            IntStream.rangeClosed(1, elements)
                .mapToObj(i -> new DataElement(Integer.toString(i), "DE_" + i, new NoEnc(null)))
                .toList(),
            List.of(),
            roles,
            rules,
            List.of());
    try (OutputStream out = Files.newOutputStream(file)) {
      PackageSealer.seal(
          Sealing.header(1),
          policy,
          Map.of(),
          Sealing.signer(),
          Sealing.recipient(KeyWrap.RSA_OAEP_256),
          out);
    }
  }
}
