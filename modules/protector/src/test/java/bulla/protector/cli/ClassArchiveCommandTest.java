package bulla.protector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveCommandTest {
  @TempDir private Path directory;
  @TempDir private Path logs;

  /** In a process whose directory for temporary files and whose home are empty. */
  @Test
  void itDoesWhatCommandsDoAndLeavesNothing() throws Exception {
    Path loaded = logs.resolve("classes.log");
    ProcessBuilder command =
        CommandRun.inAProcess(
            List.of("class-archive"),
            "-Djava.io.tmpdir=" + directory,
            "-Duser.home=" + directory,
            "-Xlog:class+load:file=" + loaded);
    command.environment().remove("XDG_STATE_HOME");
    Process process =
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    assertThat(directory).isEmptyDirectory();
    assertThat(loaded)
        .content()
        .contains(
            "bulla.protector.Session ",
            "bulla.protection.CardTokens ",
            "bulla.protection.EmailTokens ",
            "bulla.resilientpackage.envelope.PackageOpener ",
            "bulla.protector.AuditFile ");
  }

  @Test
  void itIsForNobodyToCall() {
    assertThat(CommandRun.of(List.of("--help")).out()).doesNotContain("class-archive");
  }
}
