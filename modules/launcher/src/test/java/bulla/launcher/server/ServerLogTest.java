package bulla.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogTest {
  /** How Liberty writes a record, as it stands in its logs. */
  enum Form {
    SIMPLE {
      @Override
      String record(char level, String text) {
        return "[11/25/26, 23:14:13:875 UTC] 0000002b %-60s %s %s"
            .formatted("bulla.keyring", level, text);
      }
    },
    JSON {
      @Override
      String record(char level, String text) {
        return ("{\"type\":\"liberty_message\",\"host\":\"h\",\"ibm_serverName\":\"bulla\","
                + "\"message\":\"%s\",\"ibm_threadId\":\"0000002b\","
                + "\"ibm_datetime\":\"2026-11-25T23:14:13.875+0000\",\"module\":\"bulla.keyring\","
                + "\"loglevel\":\"%s\",\"ibm_sequence\":\"1_2\"}")
            .formatted(
                text.replace("\"", "\\\"").replace("/", "\\/"),
                level == 'E' ? "SEVERE" : level == 'W' ? "WARNING" : "INFO");
      }
    };

    abstract String record(char level, String text);
  }

  private static final String CAUSE = "The keyring stays closed. The password of /k.p12 is wrong";
  private static final String FAILED = "CWWKZ0106E: Could not start web application bulla.";

  @TempDir Path logs;

  @ParameterizedTest
  @EnumSource
  void anApplicationThatFailsIsSeenAndItsCauseIsSaid(Form form) throws IOException {
    ServerLog log = written(form.record('I', "starts"), form.record('E', CAUSE));
    assertThat(log.said().failed()).isFalse();

    log = written(form.record('E', CAUSE), form.record('E', FAILED));
    assertThat(log.said().failed()).isTrue();
    assertThat(log.explanation()).isEqualTo(CAUSE + "\nSee " + logs);
  }

  @ParameterizedTest
  @EnumSource
  void aPortThatCannotBeListenedOnIsAFailedStart(Form form) throws IOException {
    String port = "CWWKO0221E: TCP Channel defaultHttpEndpoint-ssl initialization did not succeed.";
    ServerLog log = written(form.record('E', port));
    assertThat(log.said().failed()).isTrue();
    assertThat(log.explanation()).startsWith(port);
  }

  /** Each with its level, as Liberty 26.0.0.5 logs it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E CWWKZ0005E: The application bulla cannot start; its type is not supported.",
        "E CWWKO0224E: TCP Channel loopback initialization did not succeed: unknown host nowhere.",
        "W CWWKZ0014W: The application bulla could not be started as it could not be found.",
        "E CWWKZ0016E: The location of the application bulla was not specified.",
        "E CWWKZ0021E: Application bulla at location bulla.ear is invalid.",
        "E CWWKG0014E: The configuration parser detected an XML syntax error.",
        "E CWWKG0090E: The server.xml configuration resource does not exist."
      })
  void whatLibertyGoesOnWithoutIsAFailedStartAndItsOwnCause(String logged) throws IOException {
    for (Form form : Form.values()) {
      String text = logged.substring(2);
      ServerLog log = written(form.record('W', "odd"), form.record(logged.charAt(0), text));
      assertThat(log.said().failed()).as(form + text).isTrue();
      assertThat(log.explanation()).isEqualTo(text + "\nSee " + logs);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExceptionWhileTheApplicationStartsIsAFailedStart(Form form) throws IOException {
    String failed = "CWWKZ0004E: An exception occurred while starting the application bulla.";
    ServerLog log = written(form.record('E', failed), form.record('E', CAUSE));
    assertThat(log.said().failed()).isTrue();
    assertThat(log.explanation()).startsWith(CAUSE);
  }

  @Test
  void theNewestRecordIsOneThatSaysSomething() throws IOException {
    ServerLog log =
        written(
            Form.JSON.record('I', "starts"),
            "{\"type\":\"liberty_accesslog\",\"ibm_uriPath\":\"\\/health\\/ready\"}",
            Form.SIMPLE.record('I', ""));
    assertThat(log.said().newest()).isEqualTo("its log ends with: starts");
  }

  @Test
  void whereNobodyLoggedTheCauseItIsTheFailureItself() throws IOException {
    assertThat(written(Form.SIMPLE.record('E', FAILED)).explanation()).startsWith(FAILED);
  }

  @Test
  void aFileMayBeginInOneFormAndGoOnInTheOther() throws IOException {
    ServerLog log =
        written(
            Form.SIMPLE.record('I', "starts"), Form.JSON.record('E', FAILED), "{\"type\":\"lib");
    assertThat(log.said().failed()).isTrue();
  }

  @Test
  void aTextThatMentionsAnErrorIsNone() throws IOException {
    assertThat(written(Form.SIMPLE.record('I', FAILED)).said().failed()).isFalse();
    assertThat(written(Form.SIMPLE.record('E', "x " + FAILED)).said().failed()).isFalse();
  }

  @Test
  void theLogOfAnEarlierRunSaysNothingOfThisOneAndIsKept() throws IOException {
    ServerLog log = written(Form.SIMPLE.record('E', FAILED));
    assertThat(log.said().failed()).isTrue();
    Files.writeString(Files.createDirectory(logs.resolve("ffdc")).resolve("ffdc_1.log"), "secret");
    log.setAside();
    assertThat(logs.resolve("ffdc")).doesNotExist();
    written(Form.SIMPLE.record('I', FAILED));
    assertThat(log.said().failed()).as("as long as the other").isFalse();
    Files.delete(logs.resolve("messages.log"));
    log.setAside();
    Files.writeString(
        logs.resolve("console.log"), "\nError: Invalid maximum heap size\nError: 2\n");
    assertThat(log.said().failed()).isFalse();
    assertThat(log.said().newest()).isEqualTo("it has logged nothing yet");
    assertThat(log.explanation()).isEqualTo("Error: Invalid maximum heap size\nSee " + logs);

    written(Form.SIMPLE.record('I', "again")).setAside();
    assertThat(log.explanation()).as("the console of that run").isEqualTo("See " + logs);
    try (var files = Files.list(logs)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(2)
          // As Liberty names them, which deletes the oldest.
          .allMatch(name -> name.matches("messages_(\\d\\d[._]){6}\\d\\.log"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerListensWhereItSaysSo(Form form) throws IOException {
    String listens =
        "CWWKO0219I: TCP Channel defaultHttpEndpoint-ssl has been started and is now listening for"
            + " requests on host localhost  (IPv4: 127.0.0.1) port %d.";
    String launched = form.record('A', "CWWKE0001I: The server bulla has been launched.");
    ServerLog log = written(launched, form.record('I', listens.formatted(9443)));
    assertThat(log.said().listensOn(9443)).isTrue();
    for (int other : new int[] {943, 443, 944, 127, 1, 219, 9080}) {
      assertThat(log.said().listensOn(other)).as("%d", other).isFalse();
    }
    assertThat(written(launched).said().listensOn(9443)).isFalse();
    String traced = form.record('I', "TRAS0018I: The trace state has been changed.");
    assertThat(written(traced).said().listensOn(9443)).isFalse();
    assertThat(written(launched, form.record('I', "port 9443.")).said().listensOn(9443)).isFalse();
  }

  /** After so many records that Liberty has begun another file. */
  @Test
  void aServerWhoseStartIsNotInTheFileAnyMoreListens() throws IOException {
    assertThat(written(Form.JSON.record('I', "works")).said().listensOn(9443)).isTrue();
    String request = "{\"type\":\"liberty_accesslog\",\"ibm_uriPath\":\"/pty/v1/auth/version\"}";
    assertThat(written(request).said().listensOn(9443)).as("requests alone").isTrue();
    assertThat(written(request).said().newest()).isEqualTo("it has logged nothing yet");
    assertThat(written().said().listensOn(9443)).as("nothing is written yet").isFalse();
  }

  /** As Java 17 and 25 write them with the options of a start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Picked up JAVA_TOOL_OPTIONS: -Da=b",
        "NOTE: Picked up JDK_JAVA_OPTIONS: -Da=b",
        "2 compiler directives added",
        "WARNING: package sun.security.action not in java.base",
        "OpenJDK 64-Bit Server VM warning: Option UseX was deprecated in version 25.0.",
        "[0.012s][warning][cds] Cannot handle shared archive file version 0xb.",
        "[0.012s][error  ][cds] Not a valid shared archive file (/opt/bulla/bulla.jsa)",
        "Error occurred during initialization of VM"
      })
  void whatAJavaMachineSaysBeforeTheReasonIsNone(String before) throws IOException {
    String reason = "Initial heap size set to a larger value than the maximum heap size";
    Path console = logs.resolve("console.log");
    Files.writeString(console, before + "\n" + reason + "\n");
    assertThat(new ServerLog(logs).explanation()).isEqualTo(reason + "\nSee " + logs);

    Files.writeString(console, before + "\n");
    assertThat(new ServerLog(logs).explanation())
        .as("where it says no more")
        .isEqualTo(before + "\nSee " + logs);
  }

  @Test
  void withoutAnyLogThereIsOnlyThePlace() {
    assertThat(new ServerLog(logs).explanation()).isEqualTo("See " + logs);
  }

  private ServerLog written(String... lines) throws IOException {
    Files.write(logs.resolve("messages.log"), List.of(lines));
    return new ServerLog(logs);
  }
}
