package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A policy of many users, from its source to its package, in the heap that the launcher gives. */
@Tag("slow")
class LargeExportIT {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("it.directory"), "large").toAbsolutePath();

  /** Their package is as long a text as the test reads back as JSON: just under 20 million. */
  private static final int USERS = 200_000;

  @Test
  void aPackageOfManyMegabytesIsSealedKeptAndSent() throws IOException {
    sealKeepAndSend(USERS, List.of("everybody"), 1, 17_000_000);
  }

  /** Two roles with a rule for each data element; every second user has both. */
  @Test
  void aHundredThousandUsersAndAThousandDataElementsAreSealedKeptAndSent() throws IOException {
    sealKeepAndSend(100_000, List.of("everybody", "half"), 1_000, 8_000_000);
  }

  private static void sealKeepAndSend(int users, List<String> groups, int elements, int atLeast)
      throws IOException {
    // Nothing of the memory that the servers of other tests have.
    try (TestServer server =
        TestServer.fresh(DIRECTORY, Map.of("BULLA_JVM_OPTIONS", "-XX:TieredStopAtLevel=1"))) {
      List<String> names = IntStream.range(0, users).mapToObj(LargeExportIT::user).toList();
      Files.write(DIRECTORY.resolve("sources/users.txt"), names);
      Files.write(
          DIRECTORY.resolve("sources/groups.txt"),
          IntStream.range(0, groups.size())
              .boxed()
              .flatMap(i -> group(groups.get(i), names, i + 1))
              .toList());
      server.start();
      Api officer = server.officer();
      String source = officer.create(PIM + "/sources", Samples.source(unique("source")));
      String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
      List<String> elementNames =
          IntStream.range(0, elements).mapToObj(i -> unique("element")).toList();
      List<String> elementUids =
          elementNames.stream()
              .map(name -> officer.create(PIM + "/dataelements", Samples.dataElement(name)))
              .toList();
      for (String group : groups) {
        String role =
            officer.create(PIM + "/roles", Map.of("name", unique("role"), "mode", "MANUAL"));
        officer
            .post(
                PIM + "/roles/" + role + "/members",
                List.of(Map.of("name", group, "type", "GROUP", "source", source)))
            .with(201);
        for (String element : elementUids) {
          officer
              .post(
                  PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "EXCEPTION"))
              .with(201);
        }
      }
      String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
      ConsumerKeys keys = ConsumerKeys.make();
      String path = "/pty/v1/rps/export/" + keys.addTo(officer, store).replace(":", "");
      officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);

      Api exporter = server.as("workbench_deployment_immutablepackage_export");
      Answer first = exporter.get(path).with(200);
      assertThat(first.bytes()).hasSizeGreaterThan(atLeast);
      assertThat(exporter.get(path).with(200).bytes()).isEqualTo(first.bytes());
      exporter.get(path, "If-None-Match", first.header("ETag")).with(304);
      try (OpenedPackage opened =
          PackageOpener.open(
              new ByteArrayInputStream(first.bytes()),
              PemDecryptor.of(keys.privatePem()),
              TrustedKeys.fromJwks(server.nobody().get("/pty/v1/rps/jwks").with(200).text()),
              FileSerialMemory.in(DIRECTORY.resolve("state")))) {
        for (String name : elementNames) {
          assertThat(opened.accessTable().access(user(users - 1), name))
              .isInstanceOf(ElementAccess.class);
        }
      }
      assertThat(Logs.of(server)).doesNotContain("OutOfMemoryError");
    }
  }

  /** A group of every {@code step}-th user, as a file has it. */
  private static Stream<String> group(String name, List<String> users, int step) {
    return Stream.concat(
        Stream.of("[" + name + "]"),
        IntStream.range(0, users.size())
            .filter(i -> (users.size() - 1 - i) % step == 0)
            .mapToObj(users::get));
  }

  private static String user(int number) {
    return "%06d-of-the-large-department@branch.example".formatted(number);
  }
}
