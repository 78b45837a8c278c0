package bulla.pim.source;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.caller.Network;
import bulla.commonops.outbound.AllowedAddresses;
import bulla.commonops.outbound.HostLookup;
import bulla.pim.object.PimProblem;
import bulla.pim.source.SourceTestView.TestedStep;
import bulla.secrets.SecretBytes;
import bulla.secrets.TrustedAuthorities;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.derby.client.ClientAutoloadedDriver;
import org.apache.derby.drda.NetworkServerControl;
import org.apache.derby.iapi.jdbc.AutoloadedDriver;
import org.apache.derby.shared.common.reference.MessageId;
import org.apache.derby.tools.ij;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database over its network protocol, with accounts that it checks. */
class DatabaseDirectoryTest {
  private static final String PASSWORD = "reader's password";

  @TempDir static Path directory;

  private static final SourceReading READING = Readings.here(TrustedAuthorities.ofJava());

  private static int port;
  private static Process server;

  /** In a process of its own: within one, Derby keeps the directory that it first was in. */
  @BeforeAll
  static void aServer() throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dderby.system.home=" + directory,
                "-Dderby.connection.requireAuthentication=true",
                "-Dderby.authentication.provider=BUILTIN",
                "-Dderby.user.reader=" + PASSWORD,
                "-cp",
                Stream.of(
                        NetworkServerControl.class,
                        AutoloadedDriver.class,
                        MessageId.class,
                        ij.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .distinct()
                    .collect(Collectors.joining(File.pathSeparator)),
                NetworkServerControl.class.getName(),
                "start",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
    try (Connection connection = created();
        Statement statement = connection.createStatement()) {
      statement.execute("create table app.person (name varchar(300), active boolean)");
      statement.execute("create table app.membership (team char(10), person varchar(300))");
      statement.execute(
          "insert into app.person values ('anna', true), ('bob', true), ('carol', false), (null,"
              + " true)");
      statement.execute(
          "insert into app.membership values ('staff', 'anna'), ('staff', 'bob'), ('empty', null)");
    }
  }

  private static Connection created() throws Exception {
    var account = new Properties();
    account.setProperty("user", "reader");
    account.setProperty("password", PASSWORD);
    String url = "jdbc:derby://127.0.0.1:" + port + "/people;create=true";
    SQLException last = null;
    for (int i = 0; i < 300 && server.isAlive(); i++) {
      try {
        return new ClientAutoloadedDriver().connect(url, account);
      } catch (SQLException notYet) {
        last = notYet;
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException(
        "Derby's network server does not start: "
            + Files.readString(directory.resolve("server.log")),
        last);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.destroy();
    server.waitFor();
  }

  @Test
  void usersAndGroupsAreWhatTheQueriesSay() throws Exception {
    SourceDefinition source = source(PASSWORD, Map.of());
    SourceContent content = READING.read(source, Set.of("staff"), Readings.PATIENCE);
    assertThat(content.user("ANNA")).contains("anna");
    assertThat(content.user("carol")).isEmpty();
    assertThat(content.group("Staff")).contains(List.of("anna", "bob"));
    assertThat(content.group("empty")).contains(List.of());
    assertThat(READING.test(source))
        .isEqualTo(
            new SourceTestView(
                TestedStep.passed(),
                TestedStep.passed(),
                TestedStep.passed(2),
                TestedStep.passed(2)));
  }

  @Test
  void groupsThatDifferInCaseAloneAreNotOne() throws Exception {
    SourceDefinition source =
        source(
            PASSWORD,
            Map.of(
                "groupsQuery",
                "select team, person from app.membership union all select upper(team), person from"
                    + " app.membership where team = 'staff'"));
    SourceContent content = READING.read(source, Set.of("staff", "empty"), Readings.PATIENCE);
    problem(PimProblem.SOURCE_UNAVAILABLE, () -> content.group("Staff"));
    assertThat(content.group("empty")).isPresent();
    assertThat(READING.test(source).groups())
        .isEqualTo(
            TestedStep.passed(
                3,
                "There are several groups of the name 'staff', whatever their case; no role can"
                    + " have them as members"));
  }

  @Test
  void aWrongPasswordFailsTheAuthentication() {
    SourceTestView result = READING.test(source("wrong", Map.of()));
    assertThat(result.connection()).isEqualTo(TestedStep.passed());
    assertThat(result.authentication().message())
        .isEqualTo("The database does not accept the account (SQLSTATE 08004)");
    assertThat(result.users()).isEqualTo(TestedStep.skipped());
  }

  @Test
  void theConnectionIsTlsUnlessTheSourceSaysOtherwise() {
    SourceTestView result = READING.test(source(PASSWORD, Map.of("properties", Map.of())));
    assertThat(result.connection().message()).startsWith("No connection to the database");
  }

  @ParameterizedTest
  @CsvSource({
    "DERBY,ssl,basic",
    "POSTGRESQL,sslmode,require",
    "POSTGRESQL,sslfactory,evil.Factory"
  })
  void aSourceFromBeforeARuleWasMadeIsBoundByIt(
      DatabaseVendor vendor, String property, String value) {
    SourceDefinition allowed = source(PASSWORD, Map.of());
    Map<String, Object> members = ConnectionMembers.of(allowed.connection());
    members.put("vendor", vendor);
    members.put("properties", Map.of(property, value));
    var stored =
        new SourceDefinition(
            "1",
            SourceType.DATABASE,
            ConnectionMembers.connection(members),
            SecretBytes.takeFrom(PASSWORD.getBytes(StandardCharsets.UTF_8)));
    var directory =
        new DatabaseDirectory(
            new HostLookup(
                new AllowedAddresses(
                    Network.configured(
                        "BULLA_SOURCE_NETWORKS", List.of("127.0.0.0/8", "::1/128")))),
            any -> Optional.of(new ClientAutoloadedDriver()),
            Runnable::run);
    assertThatThrownBy(
            () ->
                directory.open(
                    stored.connection(), stored.password(), Deadline.in(Readings.PATIENCE)))
        .hasMessage(
            "Its property '" + property + "' is no longer allowed as it is set; change the source");
  }

  @Test
  void aDatabaseThatIsNotThereFailsTheConnection() {
    assertThat(READING.test(source(PASSWORD, Map.of("port", 1))).connection().status())
        .isEqualTo(SourceTestView.StepStatus.FAILED);
  }

  @Test
  void aQueryThatFailsIsToldByItsStep() {
    SourceTestView result =
        READING.test(source(PASSWORD, Map.of("groupsQuery", "select * from app.nothing")));
    assertThat(result.groups())
        .isEqualTo(TestedStep.failed("The database does not answer the query (SQLSTATE 42X05)"));
    assertThat(result.users()).isEqualTo(TestedStep.passed(2));
    assertThat(
            READING
                .test(source(PASSWORD, Map.of("usersQuery", "select name, active from app.person")))
                .users())
        .isEqualTo(TestedStep.failed("The query must have 1 column"));
  }

  @Test
  void aDriverThatIsNotInstalledIsNamedWithWhereItBelongs() {
    var members =
        new HashMap<String, Object>(ConnectionMembers.of(source(PASSWORD, Map.of()).connection()));
    members.put("vendor", DatabaseVendor.ORACLE);
    members.remove("properties");
    assertThat(
            READING
                .test(Readings.source(SourceType.DATABASE, PASSWORD, members))
                .connection()
                .message())
        .isEqualTo(
            "The JDBC driver of ORACLE is not installed; the setting BULLA_SOURCE_DRIVERS names"
                + " the directory of drivers");
  }

  private static SourceDefinition source(String password, Map<String, Object> more) {
    var members = new HashMap<String, Object>();
    members.put("vendor", DatabaseVendor.DERBY);
    members.put("host", "localhost");
    members.put("port", port);
    members.put("dsn", "people");
    members.put("userName", "reader");
    members.put("usersQuery", "select name from app.person where active");
    members.put("groupsQuery", "SELECT team, person from app.membership order by person");
    members.put("properties", Map.of("ssl", "off"));
    members.putAll(more);
    return Readings.source(SourceType.DATABASE, password, members);
  }
}
