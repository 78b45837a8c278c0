package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulla.commonops.caller.Caller;
import bulla.commonops.problem.Problem;
import bulla.pim.object.PimProblem;
import bulla.rps.signingkey.MemorySigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a package that cannot be handed out. */
class ExportResourceTest {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private static RSAPublicKey key;

  private final List<PackageId> exported = new ArrayList<>();
  private final Caller caller = new Caller();
  private ExportResource resource;
  private ExportForKey wanted;

  @BeforeAll
  static void makeKey() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    key = (RSAPublicKey) generator.generateKeyPair().getPublic();
  }

  @BeforeEach
  void deploy() throws Exception {
    wanted =
        new ExportForKey(
            new ExportForKey.Kek(
                new ExportForKey.PublicKey(
                    "key_name",
                    "RSA_OAEP_SHA256",
                    "-----BEGIN PUBLIC KEY-----"
                        + Base64.getEncoder().encodeToString(key.getEncoded())
                        + "-----END PUBLIC KEY-----")));
    var deployments = new MemoryDeployments(key);
    deployments.deploy();
    var service =
        new ExportService(
            deployments,
            new MemorySigningKeys().signingKeys(),
            new MemorySealedPackages(),
            exported::add,
            new PackageLifetime(0),
            new SealingTurns(),
            new PackagesBeingRead(),
            "https://bulla.test");
    var pulls =
        new CallerPulls(
            pull -> {
              throw new IllegalStateException("The database is full");
            },
            caller);
    resource = new ExportResource(service, pulls, new DeprecatedExport(true, false), caller);
    caller.arrived(MemoryDeployments.ADDRESS, "c-1");
  }

  @Test
  void aPackageThatCannotBeHandedOutLeavesNoFileOpen() throws IOException {
    assumeTrue(Files.isDirectory(OPEN_FILES), "SKIPPED: this system does not tell its open files");
    long before = openPackages();
    assertThatThrownBy(() -> resource.exportForKey(wanted, "1", "1"))
        .hasMessage("The database is full");
    assertThat(exported).hasSize(1);
    assertThat(openPackages()).isEqualTo(before);
  }

  private static long openPackages() throws IOException {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.filter(ExportResourceTest::isPackage).count();
    }
  }

  private static boolean isPackage(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().contains("bulla-package");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Test
  void whereAProxyHidesTheCallerNothingIsSealed() {
    caller.addressHidden();
    assertThatThrownBy(() -> resource.exportForKey(wanted, "1", "1"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(PimProblem.ADDRESS_NOT_IN_RANGE));
    assertThat(exported).isEmpty();
  }
}
