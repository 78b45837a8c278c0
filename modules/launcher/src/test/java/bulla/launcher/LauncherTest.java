package bulla.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.secrets.SecretFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class LauncherTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run(Launcher.commandLine(), "--version")).isZero();
    for (String command : new String[] {"server", "demo", "keyring"}) {
      out.getBuffer().setLength(0);
      assertThat(run(Launcher.commandLine(command), command, "--version")).isZero();
      assertThat(out.toString()).startsWith("bulla ");
    }
    assertThat(out.toString()).matches("bulla [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
  }

  @Test
  void whatNamesNoCommandIsToldOfAll() {
    assertThat(run(Launcher.commandLine("--help"), "--help")).isZero();
    assertThat(out.toString())
        .contains("demo", "server", "admin", "audit", "keyring", "class-archive");
    assertThat(run(Launcher.commandLine("serve"), "serve")).isEqualTo(2);
    assertThat(err.toString()).contains("serve");
  }

  @Test
  void everyHelpHasAnExample() {
    assertExamples(Launcher.commandLine());
  }

  private static void assertExamples(CommandLine command) {
    for (CommandLine below : command.getSubcommands().values()) {
      String name = below.getCommandSpec().qualifiedName();
      assertThat(below.getUsageMessage()).as(name).containsPattern("Examples?:\\R +bulla ");
      assertExamples(below);
    }
  }

  @Test
  void aCommandIsReadAlone() {
    var launcher = Launcher.commandLine("server", "--help");
    assertThat(launcher.getSubcommands()).containsOnlyKeys("server");
    assertThat(run(launcher, "server", "--help")).isZero();
    assertThat(out.toString()).contains("bulla server", "start", "stop");
  }

  @Test
  void aSecretFileThatIsNotThereIsSaidInOneLine(@TempDir Path directory) {
    Path missing = directory.resolve("missing");
    assertThat(fail(() -> SecretFiles.read(missing)))
        .isEqualTo("bulla: There is no secret file " + missing + System.lineSeparator());
  }

  @Test
  void aSecretFileThatIsADirectoryIsSaidInOneLine(@TempDir Path directory) {
    assertThat(fail(() -> SecretFiles.read(directory)))
        .startsWith("bulla: ")
        .contains(directory.toString())
        .hasLineCount(1);
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithTheReason() {
    var denied = new AccessDeniedException("/etc/bulla/password");
    assertThat(
            fail(
                () -> {
                  throw new UncheckedIOException("Cannot read the secret file", denied);
                }))
        .contains("Cannot read the secret file: /etc/bulla/password: permission denied")
        .hasLineCount(1);
    assertThat(
            fail(
                () -> {
                  throw new UncheckedIOException(denied);
                }))
        .isEqualTo("bulla: /etc/bulla/password: permission denied" + System.lineSeparator());
    assertThat(
            fail(
                () -> {
                  throw denied;
                }))
        .hasLineCount(1);
  }

  @Test
  void aMistakeOfOursKeepsItsStackTrace() {
    assertThat(
            fail(
                () -> {
                  throw new IllegalStateException("never");
                }))
        .contains("IllegalStateException", "\tat ");
  }

  /** What the user sees when a command ends with an exception. */
  private String fail(Callable<Object> work) {
    err.getBuffer().setLength(0);
    var launcher = Launcher.commandLine().addSubcommand("failing", new Failing(work));
    assertThat(run(launcher, "failing")).isEqualTo(1);
    return err.toString();
  }

  private int run(CommandLine launcher, String... arguments) {
    return launcher
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Command
  private record Failing(Callable<Object> work) implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      return work.call();
    }
  }
}
