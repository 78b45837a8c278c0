package bulla.pim.source;

import java.util.Map;
import java.util.Set;

/** The databases that member sources may lie in. */
public enum DatabaseVendor {
  /** Teradata. */
  TERADATA(
      "com.teradata.jdbc.TeraDriver",
      1025,
      "jdbc:teradata://%1$s/DBS_PORT=%2$d,DATABASE=%3$s",
      Set.of("CHARSET", "ENCRYPTDATA", "LOGMECH", "SSLMODE", "TMODE")),
  /** Oracle Database; the dsn is the name of a service. */
  ORACLE(
      "oracle.jdbc.OracleDriver",
      1521,
      "jdbc:oracle:thin:@//%1$s:%2$d/%3$s",
      Set.of(
          "oracle.net.encryption_client",
          "oracle.net.encryption_types_client",
          "oracle.net.crypto_checksum_client",
          "oracle.net.crypto_checksum_types_client")),
  /** Microsoft SQL Server. */
  SQLSERVER(
      "com.microsoft.sqlserver.jdbc.SQLServerDriver",
      1433,
      "jdbc:sqlserver://%1$s:%2$d;databaseName=%3$s",
      Set.of("applicationName", "encrypt", "hostNameInCertificate", "trustServerCertificate")),
  /** IBM Db2. */
  DB2(
      "com.ibm.db2.jcc.DB2Driver",
      50_000,
      "jdbc:db2://%1$s:%2$d/%3$s",
      Set.of("currentSchema", "securityMechanism", "sslConnection")),
  /** PostgreSQL; TLS with a verified certificate unless {@code sslmode} says otherwise. */
  POSTGRESQL(
      "org.postgresql.Driver",
      5432,
      "jdbc:postgresql://%1$s:%2$d/%3$s",
      Set.of("ApplicationName", "currentSchema", "sslmode")),
  /** Apache Derby's network server. */
  DERBY(
      "org.apache.derby.client.ClientAutoloadedDriver",
      1527,
      "jdbc:derby://%1$s:%2$d/%3$s",
      Set.of("securityMechanism", "ssl"));

  private final String driver;
  private final int port;
  private final String url;

  // Immutable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> properties;

  DatabaseVendor(String driver, int port, String url, Set<String> properties) {
    this.driver = driver;
    this.port = port;
    this.url = url;
    this.properties = properties;
  }

  /** The class of its JDBC driver. */
  String driver() {
    return driver;
  }

  /** The port where none is given. */
  int port() {
    return port;
  }

  /** The driver's properties that a source may set: none of them names a file or a class. */
  Set<String> properties() {
    return properties;
  }

  /**
   * The driver's settings by which it gives up connecting and each read after so many seconds; none
   * where it has no such settings.
   */
  Map<String, String> timeouts(int seconds) {
    String whole = Integer.toString(seconds);
    String millis = Integer.toString(seconds * 1000);
    return switch (this) {
      // Without loginTimeout, by which it would log in on a thread of its own that nobody counts.
      case POSTGRESQL ->
          Map.of("connectTimeout", whole, "socketTimeout", whole, "loginTimeout", "0");
      case SQLSERVER -> Map.of("loginTimeout", whole, "socketTimeout", millis);
      case ORACLE ->
          Map.of("oracle.net.CONNECT_TIMEOUT", millis, "oracle.jdbc.ReadTimeout", millis);
      case DB2 -> Map.of("loginTimeout", whole, "blockingReadConnectionTimeout", whole);
      case TERADATA -> Map.of("LOGIN_TIMEOUT", whole, "CONNECT_TIMEOUT", millis);
      case DERBY -> Map.of();
    };
  }

  /**
   * The JDBC URL of a database; the parts have been checked and hold nothing that could end one.
   */
  String url(String host, int atPort, String database) {
    return url.formatted(host.contains(":") ? "[" + host + "]" : host, atPort, database);
  }
}
