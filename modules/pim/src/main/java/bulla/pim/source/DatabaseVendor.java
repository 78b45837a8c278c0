package bulla.pim.source;

import java.util.Map;
import java.util.Set;

/**
 * The databases that member sources may lie in. A connection is TLS with a certificate that is
 * verified, unless a property of the source says otherwise.
 */
public enum DatabaseVendor {
  /** Teradata. */
  TERADATA(
      "com.teradata.jdbc.TeraDriver",
      1025,
      443,
      // COP discovery would connect to other hosts, of names that are made from this one.
      "jdbc:teradata://%1$s/%4$s=%2$d,DATABASE=%3$s,COP=OFF",
      Map.of("SSLMODE", "VERIFY-FULL"),
      Set.of("CHARSET", "ENCRYPTDATA", "LOGMECH", "SSLMODE", "TMODE")),
  /** Oracle Database; the dsn is the name of a service. */
  ORACLE(
      "oracle.jdbc.OracleDriver",
      1521,
      2484,
      "jdbc:oracle:thin:@%4$s//%1$s:%2$d/%3$s",
      Map.of("oracle.net.ssl_server_dn_match", "true"),
      Set.of(
          "oracle.net.encryption_client",
          "oracle.net.encryption_types_client",
          "oracle.net.crypto_checksum_client",
          "oracle.net.crypto_checksum_types_client")),
  /** Microsoft SQL Server. */
  SQLSERVER(
      "com.microsoft.sqlserver.jdbc.SQLServerDriver",
      1433,
      1433,
      "jdbc:sqlserver://%1$s:%2$d;databaseName=%3$s",
      Map.of("encrypt", "true", "trustServerCertificate", "false"),
      Set.of("applicationName", "encrypt", "hostNameInCertificate", "trustServerCertificate")),
  /** IBM Db2. */
  DB2(
      "com.ibm.db2.jcc.DB2Driver",
      50_000,
      50_001,
      "jdbc:db2://%1$s:%2$d/%3$s",
      Map.of("sslConnection", "true", "sslClientHostnameValidation", "basic"),
      Set.of("currentSchema", "securityMechanism", "sslConnection")),
  /** PostgreSQL. */
  POSTGRESQL(
      "org.postgresql.Driver",
      5432,
      5432,
      "jdbc:postgresql://%1$s:%2$d/%3$s",
      Map.of("sslmode", "verify-full", "sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"),
      Set.of("ApplicationName", "currentSchema", "sslmode")),
  /** Apache Derby's network server. Its driver verifies the certificate, and not the name in it. */
  DERBY(
      "org.apache.derby.client.ClientAutoloadedDriver",
      1527,
      1527,
      "jdbc:derby://%1$s:%2$d/%3$s",
      Map.of("ssl", "peerAuthentication"),
      Set.of("securityMechanism", "ssl"));

  private final String driver;
  private final int plainPort;
  private final int tlsPort;
  private final String url;

  // Both are immutable, which their types do not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, String> tls;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> properties;

  DatabaseVendor(
      String driver,
      int plainPort,
      int tlsPort,
      String url,
      Map<String, String> tls,
      Set<String> properties) {
    this.driver = driver;
    this.plainPort = plainPort;
    this.tlsPort = tlsPort;
    this.url = url;
    this.tls = tls;
    this.properties = properties;
  }

  /** The class of its JDBC driver. */
  String driver() {
    return driver;
  }

  /**
   * The port where none is given.
   *
   * @param given the properties of the source
   */
  int port(Map<String, String> given) {
    return isTls(given) ? tlsPort : plainPort;
  }

  /** The driver's properties that a source may set: none of them names a file or a class. */
  Set<String> properties() {
    return properties;
  }

  /**
   * The values that one of {@link #properties()} may have, in any case; none where any will do. TLS
   * is verified, or there is none: what lies between would look like the one and be the other.
   */
  Set<String> values(String property) {
    return switch (property) {
      case "SSLMODE" -> Set.of("VERIFY-FULL", "VERIFY-CA", "DISABLE");
      case "encrypt" -> Set.of("true", "strict", "false");
      case "trustServerCertificate" -> Set.of("false");
      case "sslConnection" -> Set.of("true", "false");
      case "sslmode" -> Set.of("verify-full", "verify-ca", "disable");
      case "ssl" -> Set.of("peerAuthentication", "off");
      default -> Set.of();
    };
  }

  /** Whether a property may have a value. */
  boolean takes(String property, String value) {
    Set<String> values = values(property);
    return values.isEmpty() || values.stream().anyMatch(value::equalsIgnoreCase);
  }

  /**
   * The driver's properties that make TLS with a verified certificate; a source may overrule them.
   */
  Map<String, String> tls() {
    return tls;
  }

  /** Whether the connection is TLS, with these properties of the source. */
  boolean isTls(Map<String, String> given) {
    return switch (this) {
      case TERADATA -> !"DISABLE".equalsIgnoreCase(given.get("SSLMODE"));
      // Whoever chooses Oracle's own encryption, or none, does without TLS.
      case ORACLE -> !given.containsKey("oracle.net.encryption_client");
      case SQLSERVER -> !"false".equalsIgnoreCase(given.get("encrypt"));
      case DB2 -> !"false".equalsIgnoreCase(given.get("sslConnection"));
      case POSTGRESQL -> !"disable".equalsIgnoreCase(given.get("sslmode"));
      case DERBY -> !"off".equalsIgnoreCase(given.get("ssl"));
    };
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
      case TERADATA, DERBY -> Map.of();
    };
  }

  /**
   * The JDBC URL of a database; the parts have been checked and hold nothing that could end one.
   *
   * @param given the properties of the source
   */
  String url(String host, int atPort, String database, Map<String, String> given) {
    boolean isTls = isTls(given);
    String protocol =
        switch (this) {
          case TERADATA -> isTls ? "HTTPS_PORT" : "DBS_PORT";
          case ORACLE -> isTls ? "tcps:" : "";
          default -> "";
        };
    return url.formatted(host.contains(":") ? "[" + host + "]" : host, atPort, database, protocol);
  }
}
