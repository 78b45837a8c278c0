package bulla.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bulla} and what the archive lays beside it. */
class LauncherScriptTest {
  /** Tests run in the directory of the module. */
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path directory;
  private Path archive;
  private String options = "";
  private Map<String, String> locale = Map.of("LANG", "C.UTF-8");
  private Path javaHome = Path.of(System.getProperty("java.home"));

  @BeforeEach
  void unpack() throws IOException {
    archive = Files.createDirectories(directory.resolve("an archive").resolve("bulla-0.1"));
    Files.copy(
        CHECKOUT.resolve("bulla"), archive.resolve("bulla"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void anArchiveThatLacksAPartIsNotBuiltButNamesThePart() throws Exception {
    Files.createDirectory(archive.resolve("wlp"));
    Files.createDirectory(archive.resolve("launcher"));

    assertThat(run(archive.resolve("bulla"), "server", "start"))
        .isEqualTo(
            "1 bulla: missing: "
                + archive.resolve("protector")
                + "; unpack the archive of Bulla again");
  }

  @Test
  void aCheckoutWhoseBuildHasStoppedHalfwayIsBuiltAgain() throws Exception {
    Files.createFile(archive.resolve("pom.xml"));
    Path parts = Files.createDirectories(archive.resolve("liberty/target/bulla"));
    for (String part : List.of("wlp", "launcher", "protector")) {
      Files.createDirectory(parts.resolve(part));
    }
    executable(archive.resolve("mvnw"), "echo No space left; exit 1");

    assertThat(run(archive.resolve("bulla"), "server", "start"))
        .startsWith("1 Building Bulla")
        .contains("No space left", "bulla: the build failed");
    executable(archive.resolve("mvnw"), "echo not needed; exit 1");
    Files.createFile(parts.resolve("bulla"));
    assertThat(run(archive.resolve("bulla"), "server", "start")).doesNotContain("the build failed");
  }

  @Test
  void aJavaThatDoesNotRunIsNamedWithWhatItSays() throws Exception {
    javaHome = directory.resolve("no java");
    Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
    executable(java, "echo Unable to locate a Java Runtime >&2; exit 1");

    assertThat(run(archive.resolve("bulla"), "--version"))
        .isEqualTo("1 bulla: " + java + " does not run:\nUnable to locate a Java Runtime");
  }

  /** Else names of files, columns and users would be read as ASCII. */
  @Test
  void inTheLocaleCNamesAreUtf8() throws Exception {
    for (String part : List.of("wlp", "launcher", "protector")) {
      Files.createDirectory(archive.resolve(part));
    }
    javaHome = directory.resolve("a java");
    executable(
        Files.createDirectories(javaHome.resolve("bin")).resolve("java"),
        "case \"$*\" in *showSettings*) echo 'java.specification.version = 17' ;; *) echo \"is $LC_ALL $LC_CTYPE\" ;; esac");
    for (String command : List.of("protect", "server")) {
      for (Map<String, String> none :
          List.<Map<String, String>>of(
              Map.of(), Map.of("LANG", "C"), Map.of("LC_CTYPE", "POSIX"))) {
        locale = none;
        assertThat(run(archive.resolve("bulla"), command)).isEqualTo("0 is  C.UTF-8");
      }
      locale = Map.of("LC_ALL", "C");
      assertThat(run(archive.resolve("bulla"), command)).isEqualTo("0 is C.UTF-8");
    }
    // Bash complains of it.
    locale = Map.of("LANG", "xx_YY.UTF-8");
    assertThat(run(archive.resolve("bulla"), "protect")).endsWith("is  C.UTF-8");
    locale = Map.of("LANG", "C.UTF-8");
    assertThat(run(archive.resolve("bulla"), "protect")).isEqualTo("0 is");
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aLinkToTheScriptFindsTheArchive() throws Exception {
    for (String part : List.of("wlp", "launcher", "protector")) {
      Files.createDirectory(archive.resolve(part));
    }
    Path link = Files.createSymbolicLink(directory.resolve("bulla"), archive.resolve("bulla"));
    Path again = Files.createSymbolicLink(directory.resolve("again"), link.getFileName());

    assertThat(run(again, "bench"))
        .isEqualTo("1 bulla: bench is in the checkout, not in the archive");
    Files.delete(archive.resolve("wlp"));
    assertThat(run(again, "server", "status")).contains("missing: " + archive.resolve("wlp"));
  }

  @Test
  void whereThereIsAnArchiveOfItsClassesTheLauncherIsMappedFromIt() throws Exception {
    // In a path with blanks the Java machine maps an archive, but takes no class from it.
    archive = Files.move(archive, directory.resolve("archive"));
    Files.createDirectory(archive.resolve("wlp"));
    Files.createDirectory(archive.resolve("protector"));
    Path launcher = Files.createDirectory(archive.resolve("launcher"));
    int number = 0;
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(part))) {
        jar(Path.of(part), launcher.resolve(number++ + ".jar"));
      } else if (part.endsWith(".jar")) {
        Files.createSymbolicLink(launcher.resolve(number++ + ".jar"), Path.of(part));
      }
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String made = archive.resolve("launcher.jsa").toString();
    String list = archive.resolve("launcher.list").toString();
    for (List<String> step :
        List.of(
            List.of("-XX:DumpLoadedClassList=" + list),
            List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made))) {
      List<String> command = new ArrayList<>(step);
      command.addAll(List.of("-cp", launcher + "/*", "bulla.launcher.Launcher", "--version"));
      assertThat(run(java, command.toArray(String[]::new))).startsWith("0 ");
    }

    options = "-Xlog:class+load";
    assertThat(run(archive.resolve("bulla"), "--version"))
        .contains("bulla.launcher.Launcher source: shared objects file")
        .contains("picocli.CommandLine source: shared objects file");
    options = "";
    jar(archive.resolve("wlp"), launcher.resolve("another.jar"));
    assertThat(run(archive.resolve("bulla"), "--version")).matches("0 bulla [0-9.]+.*");
  }

  private static void jar(Path directory, Path file) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(file));
        var content = Files.walk(directory)) {
      for (Path each : content.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(directory.relativize(each).toString()));
        Files.copy(each, out);
      }
    }
  }

  @Test
  void theContainerTakesTheServersPartsAndNothingThatWasMadeBesideThem() throws IOException {
    var taken = new ArrayList<String>();
    for (String line : Files.readAllLines(CHECKOUT.resolve("liberty/Containerfile"))) {
      if (line.startsWith("COPY ")) {
        List<String> words = List.of(line.split(" +", -1));
        taken.addAll(words.subList(2, words.size() - 1));
      }
    }
    assertThat(taken)
        .contains("bulla", "wlp", "launcher", "protector", "demo", "compiler.json")
        .doesNotContain("data", "target", "bulla.jsa", "launcher.jsa", "protector.jsa")
        .allMatch(name -> name.matches("[A-Za-z][A-Za-z.]*"), "one part, no whole directory");
    assertThat(Files.readAllLines(CHECKOUT.resolve("liberty/.dockerignore")))
        .contains("data", "target");
  }

  /** The siblings of the module are in no repository. */
  @Test
  @Tag("slow")
  void theCommandThatBuildsTheArchiveBuildsWhatItStandsOn() throws Exception {
    String operations = Files.readString(CHECKOUT.resolve("docs/operations.md"));
    List<String> command =
        operations
            .lines()
            .filter(line -> line.startsWith("./mvnw ") && line.endsWith(" package"))
            .findFirst()
            .map(line -> List.of(line.replace(" package", " -B -ntp -o validate").split(" ", -1)))
            .orElseThrow();

    assertThat(
            run(
                CHECKOUT.resolve("mvnw"),
                Stream.concat(
                        Stream.of("-f", CHECKOUT.toString()),
                        command.subList(1, command.size()).stream())
                    .toArray(String[]::new)))
        .startsWith("0 ")
        .contains("Bulla EAR", "Bulla on Liberty", "BUILD SUCCESS");
  }

  /** The exit status and all that it says, in one line. */
  private String run(Path script, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().keySet().removeIf(name -> name.matches("LANG|LC_.*"));
    builder.environment().putAll(locale);
    if (!options.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", options);
    }
    Process process = builder.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() + " " + said;
  }
}
