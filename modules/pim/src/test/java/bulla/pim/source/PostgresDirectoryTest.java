package bulla.pim.source;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.source.SourceTestView.StepStatus;
import bulla.pim.source.SourceTestView.TestedStep;
import bulla.secrets.TrustedAuthorities;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL, from binaries that Maven fetches; no Docker is needed. */
@Tag("slow")
class PostgresDirectoryTest {
  private static final SourceReading READING = Readings.here(TrustedAuthorities.ofJava());

  @Test
  void usersAndGroupsAreWhatTheQueriesSay() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create role reader login password 'secret'");
        statement.execute("create table person (name text)");
        statement.execute("create table membership (team text, person text)");
        statement.execute("insert into person values ('anna'), ('bob')");
        statement.execute("insert into membership values ('staff', 'bob')");
        statement.execute("grant select on person, membership to reader");
      }
      SourceDefinition plain = source(server, Map.of("properties", Map.of("sslmode", "disable")));
      SourceContent content = READING.read(plain, Set.of("staff"), Readings.PATIENCE);
      assertThat(content.user("ANNA")).contains("anna");
      assertThat(content.group("Staff")).contains(List.of("bob"));
      assertThat(READING.test(plain).users()).isEqualTo(TestedStep.passed(2));
      assertThat(READING.test(source(server, Map.of())).connection().status())
          .as("without TLS, unless the source says so")
          .isEqualTo(StepStatus.FAILED);
      assertThat(
              READING
                  .test(
                      source(
                          server,
                          Map.of(
                              "properties",
                              Map.of("sslmode", "disable"),
                              "usersQuery",
                              "with gone as (delete from person returning name)"
                                  + " select name from gone")))
                  .users()
                  .message())
          .as("reading changes nothing")
          .isEqualTo("The database does not answer the query (SQLSTATE 25006)");
    }
  }

  private static SourceDefinition source(EmbeddedPostgres server, Map<String, Object> more) {
    var members = new HashMap<String, Object>();
    members.put("vendor", DatabaseVendor.POSTGRESQL);
    members.put("host", "localhost");
    members.put("port", server.getPort());
    members.put("dsn", "postgres");
    members.put("userName", "reader");
    members.put("usersQuery", "select name from person");
    members.put("groupsQuery", "select team, person from membership");
    members.putAll(more);
    return Readings.source(SourceType.DATABASE, "secret", members);
  }
}
