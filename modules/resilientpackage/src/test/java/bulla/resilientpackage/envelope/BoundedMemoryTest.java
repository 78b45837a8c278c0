package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.ElementKeys;
import bulla.resilientpackage.keys.Decryptor;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a package can make its reader take: in a process whose heap is a few times the package and a
 * little more for the platform.
 */
class BoundedMemoryTest {
  private static final int USERS = 60_000;
  private static final int ALTERATIONS = 40;
  private static final String HEAP = "-Xmx40m";

  @TempDir private Path directory;

  @Test
  void neitherAGenuinePackageNorAnAlteredOneTakesMoreMemoryThanItsSizeAllows() throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("jdk.module.path") == null
                    ? System.getProperty("java.class.path")
                    : System.getProperty("jdk.module.path")
                        + File.pathSeparator
                        + System.getProperty("java.class.path"),
                BoundedMemoryTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  /** What the process of its own does. */
  public static void main(String[] arguments) throws IOException {
    byte[] genuine = large();
    assertThat(genuine.length).isBetween(3_000_000, 5_000_000);
    Decryptor decryptor = new Recalling(Sealing.decryptor(Sealing.READER));
    TrustedKeys trusted = Sealing.trusted();
    assertThat(isOpened(genuine, decryptor, trusted)).isTrue();
    var random = new Random(7);
    for (int i = 0; i < ALTERATIONS; i++) {
      byte[] altered =
          switch (i % 4) {
            case 0 -> Arrays.copyOf(genuine, random.nextInt(genuine.length));
            case 1 -> Arrays.copyOf(genuine, genuine.length + 1);
            default -> genuine.clone();
          };
      if (i % 4 > 1) {
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(6));
      }
      assertThat(isOpened(altered, decryptor, trusted)).as("alteration " + i).isFalse();
    }
  }

  private static boolean isOpened(byte[] bytes, Decryptor decryptor, TrustedKeys trusted)
      throws IOException {
    try {
      PackageOpener.open(
              new ByteArrayInputStream(bytes),
              decryptor,
              trusted,
              new Sealing.RememberedSerials(),
              new OpeningRules(Clock.systemUTC(), 1 << 23))
          .close();
      return true;
    } catch (PackageException refused) {
      return false;
    }
  }

  private static byte[] large() throws IOException {
    PolicySnapshot small = Sealing.policy();
    List<String> users =
        IntStream.range(0, USERS)
            .mapToObj(i -> "a-user-with-a-long-name-" + i + "@example")
            .toList();
    var policy =
        new PolicySnapshot(
            small.dataElements(),
            small.masks(),
            List.of(
                new PolicyRole("1", "support", false, users),
                new PolicyRole("2", "everybody", true, List.of())),
            small.rules(),
            small.applications());
    var out = new ByteArrayOutputStream();
    Map<String, ElementKeys> keys = Sealing.keys();
    PackageSealer.seal(
        Sealing.header(1),
        policy,
        keys,
        Sealing.signer(),
        Sealing.recipient(KeyWrap.RSA_OAEP_256),
        out);
    return out.toByteArray();
  }
}
