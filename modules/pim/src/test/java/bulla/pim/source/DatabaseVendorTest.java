package bulla.pim.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseVendorTest {
  @ParameterizedTest
  @CsvSource({
    "TERADATA,SSLMODE,DISABLE,443,1025",
    "ORACLE,oracle.net.encryption_client,REQUIRED,2484,1521",
    "SQLSERVER,encrypt,false,1433,1433",
    "DB2,sslConnection,false,50001,50000",
    "POSTGRESQL,sslmode,disable,5432,5432",
    "DERBY,ssl,off,1527,1527"
  })
  void aConnectionIsTlsUnlessAnAllowedPropertySaysOtherwise(
      DatabaseVendor vendor, String property, String value, int tlsPort, int plainPort) {
    assertThat(vendor.isTls(Map.of())).isTrue();
    assertThat(vendor.tls()).isNotEmpty();
    assertThat(vendor.properties()).contains(property);
    assertThat(vendor.isTls(Map.of(property, value))).isFalse();
    assertThat(connection(vendor, Map.of()).port()).isEqualTo(tlsPort);
    assertThat(connection(vendor, Map.of(property, value)).port()).isEqualTo(plainPort);
  }

  private static SourceConnection connection(
      DatabaseVendor vendor, Map<String, String> properties) {
    var members = new HashMap<String, Object>();
    members.put("vendor", vendor);
    members.put("host", "db.example.com");
    members.put("dsn", "people");
    members.put("userName", "reader");
    members.put("usersQuery", "select name from person");
    members.put("properties", properties);
    return Connections.complete(SourceType.DATABASE, members);
  }

  @Test
  void theProtocolOfOracleIsInItsUrl() {
    assertThat(DatabaseVendor.ORACLE.url("db", 2484, "people", Map.of()))
        .isEqualTo("jdbc:oracle:thin:@tcps://db:2484/people");
    assertThat(
            DatabaseVendor.ORACLE.url(
                "db", 1521, "people", Map.of("oracle.net.encryption_client", "REQUIRED")))
        .isEqualTo("jdbc:oracle:thin:@//db:1521/people");
  }

  @Test
  void teradataLooksNoOtherHostUp() {
    assertThat(DatabaseVendor.TERADATA.url("db", 443, "people", Map.of()))
        .isEqualTo("jdbc:teradata://db/HTTPS_PORT=443,DATABASE=people,COP=OFF");
    assertThat(DatabaseVendor.TERADATA.url("db", 1025, "people", Map.of("SSLMODE", "DISABLE")))
        .isEqualTo("jdbc:teradata://db/DBS_PORT=1025,DATABASE=people,COP=OFF");
  }

  @Test
  void thePropertiesOfPostgresqlAreItsDrivers() throws Exception {
    DatabaseVendor vendor = DatabaseVendor.POSTGRESQL;
    String url = vendor.url("db", 5432, "people", Map.of());
    assertThat(
            Arrays.stream(DriverManager.getDriver(url).getPropertyInfo(url, new Properties()))
                .map(info -> info.name))
        .containsAll(vendor.tls().keySet())
        .containsAll(vendor.timeouts(1).keySet())
        .containsAll(vendor.properties());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DERBY", "TERADATA"},
      mode = EnumSource.Mode.EXCLUDE)
  void aDriverGivesUpInTime(DatabaseVendor vendor) {
    assertThat(vendor.timeouts(7).values()).containsAnyOf("7", "7000");
  }

  @Test
  void aDriverThatDoesNotStartIsNoFailureOfTheServer(@TempDir Path drivers) throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(drivers.resolve("driver.jar")))) {
      jar.putNextEntry(new JarEntry(DatabaseVendor.TERADATA.driver().replace('.', '/') + ".class"));
      jar.write(new byte[] {1, 2, 3});
    }
    SourceDefinition source =
        Readings.source(
            SourceType.DATABASE,
            "a password",
            Map.of(
                "vendor",
                DatabaseVendor.TERADATA,
                "host",
                "127.0.0.1",
                "dsn",
                "people",
                "userName",
                "reader",
                "usersQuery",
                "select name from person"));
    assertThat(Readings.drivers(drivers).test(source).connection())
        .isEqualTo(
            SourceTestView.TestedStep.failed(
                "The driver does not work on this server; its log says why"));
  }
}
