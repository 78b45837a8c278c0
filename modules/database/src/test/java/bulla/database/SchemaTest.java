package bulla.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private final DataSource dataSource = inMemory();

  @Test
  void theScriptsOfTwoModulesRunBesideEachOtherAndOnce() throws SQLException {
    Schema.migrate(dataSource, "one");
    Schema.migrate(dataSource, "two");
    Schema.migrate(dataSource, "one");
    assertThat(count("one_thing")).isEqualTo(1);
    assertThat(count("two_thing")).isZero();
  }

  @Test
  void aModuleWithoutScriptsIsAMistake() {
    assertThatThrownBy(() -> Schema.migrate(dataSource, "nowhere"))
        .isInstanceOf(FlywayException.class);
  }

  private int count(String table) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static DataSource inMemory() {
    var source = new EmbeddedDataSource();
    source.setDatabaseName("memory:" + UUID.randomUUID());
    source.setCreateDatabase("create");
    return source;
  }
}
