package bulla.launcher.server;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The server's settings: the environment variables that README lists, with their defaults. One that
 * is empty counts as not set, as in MicroProfile Config.
 *
 * @param data the data directory ({@code BULLA_DATA_DIR})
 * @param host the address that HTTPS listens on; {@code *} is every address ({@code BULLA_HOST})
 * @param httpsPort the port of the APIs ({@code BULLA_HTTPS_PORT})
 * @param httpHost the address of probes and public keys ({@code BULLA_HTTP_HOST})
 * @param httpPort the port of probes and public keys ({@code BULLA_HTTP_PORT})
 * @param environment all variables that the server process gets
 */
public record Settings(
    Path data,
    String host,
    int httpsPort,
    String httpHost,
    int httpPort,
    Map<String, String> environment) {
  /** The variables that the launcher reads and the server does not: one is a secret. */
  private static final Set<String> OF_THE_LAUNCHER =
      Set.of("BULLA_JVM_OPTIONS", "BULLA_TOKEN", "BULLA_URL");

  /** What may be in the path of the data directory besides letters and digits. */
  private static final String USABLE = "/._-~@=()!*'$";

  /** A regular expression of IPv4 addresses. */
  static final String IPV4 =
      "OCTET(\\.OCTET){3}".replace("OCTET", "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");

  /** Each has a variable for a file that holds it. */
  private static final List<String> SECRETS =
      List.of("BULLA_ADMIN_PASSWORD", "BULLA_KEYSTORE_PASSWORD");

  /** What Liberty or the application would take for something else, or would not say clearly. */
  private static final Map<String, Form> FORMS = forms();

  private static Map<String, Form> forms() {
    var forms = new LinkedHashMap<String, Form>();
    // Without the zone of an IPv6 address (RFC 4007), which no certificate can name.
    var host =
        new Form(
            "\\*|(?=.*[A-Za-z])[A-Za-z0-9._-]+|" + IPV4 + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*",
            "a host name, an IPv4 address, an IPv6 address without a zone, or *");
    for (String name : List.of("BULLA_HOST", "BULLA_HTTP_HOST")) {
      forms.put(name, host);
    }
    var apis = new Form("(none|(auth|pim|rps)(,(auth|pim|rps))*)", "none, or some of auth,pim,rps");
    for (String name : List.of("BULLA_BEARER_APIS", "BULLA_BASIC_APIS", "BULLA_CERTIFICATE_APIS")) {
      forms.put(name, apis);
    }
    var choice = new Form("true|false", "true or false");
    for (String name : List.of("BULLA_RPS_POST_EXPORT", "BULLA_RPS_POST_EXPORT_WEAK")) {
      forms.put(name, choice);
    }
    // Their bounds are the application's.
    var number = new Form("-?[0-9]{1,9}", "a whole number of at most nine digits");
    for (String name :
        List.of(
            "BULLA_ACCESS_TOKEN_SECONDS",
            "BULLA_REFRESH_TOKEN_SECONDS",
            "BULLA_SESSIONS_PER_USER",
            "BULLA_TOKEN_KEY_DAYS",
            "BULLA_KEYRING_GRACE_SECONDS",
            "BULLA_PACKAGE_LIFETIME_DAYS",
            "BULLA_LOGIN_FAILURES_PER_ADDRESS",
            "BULLA_LOGIN_FAILURES_PER_NAME",
            "BULLA_PASSWORD_HISTORY",
            "BULLA_LOCKOUT_FAILURES_PER_ADDRESS",
            "BULLA_LOCKOUT_FAILURES_PER_NAME",
            "BULLA_LOCKOUT_SECONDS",
            "BULLA_ROLE_SYNC_MINUTES",
            "BULLA_AUDIT_FILES_MEGABYTES",
            "BULLA_AUDIT_RETENTION_DAYS")) {
      forms.put(name, number);
    }
    forms.put("BULLA_LOG_FORMAT", new Form("SIMPLE|JSON", "SIMPLE or JSON"));
    forms.put(
        "BULLA_CORS_ORIGINS",
        new Form(
            "https?://[A-Za-z0-9.:\\[\\]-]+(,https?://[A-Za-z0-9.:\\[\\]-]+)*",
            "origins such as https://portal.example.com, with commas between them"));
    forms.put("BULLA_READ_TIMEOUT", new Form("[1-9][0-9]{0,5}(ms|s|m)", "a time such as 30s"));
    forms.put("BULLA_MAX_CONNECTIONS", new Form("[1-9][0-9]{0,5}", "a number from 1 to 999999"));
    return forms;
  }

  /**
   * What the value of a variable looks like.
   *
   * @param what completes "must be"
   */
  private record Form(Pattern pattern, String what) {
    Form(String pattern, String what) {
      this(Pattern.compile(pattern), what);
    }

    void require(String name, Map<String, String> environment) {
      String value = environment.get(name);
      if (value != null && !pattern.matcher(value).matches()) {
        throw new CommandFailure(name + " must be " + what);
      }
    }
  }

  /** What listens on every address is reached on this host's own. */
  private static final Map<String, String> EVERY_ADDRESS =
      Map.of("*", "127.0.0.1", "0.0.0.0", "127.0.0.1", "::", "::1");

  /**
   * Reads the settings.
   *
   * @param given the environment variables
   * @param installation where the default data directory lies
   * @throws CommandFailure naming the variable that is not well formed
   */
  public static Settings from(Map<String, String> given, Installation installation) {
    var environment = new HashMap<>(given);
    environment
        .entrySet()
        .removeIf(
            variable -> variable.getKey().startsWith("BULLA_") && variable.getValue().isBlank());
    environment.forEach(Settings::requireOneLine);
    FORMS.forEach((name, form) -> form.require(name, environment));
    SECRETS.forEach(name -> requireOne(name, name + "_FILE", environment));
    Path data =
        Path.of(environment.getOrDefault("BULLA_DATA_DIR", installation.defaultData().toString()))
            .toAbsolutePath()
            .normalize();
    requireUsable(data);
    int https = port(environment, "BULLA_HTTPS_PORT", 9443);
    int http = port(environment, "BULLA_HTTP_PORT", 9080);
    if (http == https) {
      throw new CommandFailure(
          "BULLA_HTTP_PORT must be another port than BULLA_HTTPS_PORT, which is " + https);
    }
    return new Settings(
        data,
        environment.getOrDefault("BULLA_HOST", "*"),
        https,
        environment.getOrDefault("BULLA_HTTP_HOST", "127.0.0.1"),
        http,
        Map.copyOf(environment));
  }

  private static void requireOne(String name, String other, Map<String, String> environment) {
    if (environment.containsKey(name) && environment.containsKey(other)) {
      throw new CommandFailure("Set %s or %s, not both".formatted(name, other));
    }
  }

  /**
   * Liberty, Derby and the class path read other characters as something else, some as another
   * directory.
   */
  private static void requireUsable(Path data) {
    data.toString()
        .codePoints()
        .filter(c -> !Character.isLetterOrDigit(c) && USABLE.indexOf(c) < 0)
        .findFirst()
        .ifPresent(
            c -> {
              throw new CommandFailure(
                  ("The path of the data directory must have no \"%s\", but letters, digits and %s"
                          + " alone: set BULLA_DATA_DIR (for the demonstration, --out) to another"
                          + " one than %s")
                      .formatted(Character.toString(c), USABLE, data));
            });
  }

  private static void requireOneLine(String name, String value) {
    // Options may stand below each other.
    if (name.startsWith("BULLA_")
        && !name.equals("BULLA_JVM_OPTIONS")
        && value.matches("(?s).*[\\n\\r].*")) {
      throw new CommandFailure(name + " must be one line");
    }
  }

  /**
   * A server that runs beside others for a while: on ports of the loopback address that nobody
   * listens on, with the defaults for everything that {@code environment} leaves out.
   *
   * @param directory the parent of its data directory
   */
  public static Settings onFreePorts(
      Path directory, Map<String, String> environment, Installation installation)
      throws IOException {
    var all = new HashMap<>(System.getenv());
    all.keySet().removeIf(name -> name.startsWith("BULLA_"));
    all.putAll(environment);
    all.put("BULLA_DATA_DIR", directory.resolve("data").toString());
    all.put("BULLA_HOST", "127.0.0.1");
    int https = freePort();
    int http = freePort();
    while (http == https) {
      http = freePort();
    }
    all.put("BULLA_HTTPS_PORT", Integer.toString(https));
    all.put("BULLA_HTTP_PORT", Integer.toString(http));
    return from(all, installation);
  }

  /** Below the ports that systems give to clients: it stays free until the server starts. */
  private static int freePort() throws IOException {
    BindException taken = null;
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException another) {
        taken = another;
      }
    }
    throw new IOException("No free port between 10000 and 19999", taken);
  }

  /** The variables of the server process: those given, and the defaults of those that are not. */
  Map<String, String> forServer() {
    var all = new LinkedHashMap<>(environment);
    all.put("BULLA_DATA_DIR", data.toString());
    all.put("BULLA_HOST", host);
    all.put("BULLA_HTTPS_PORT", Integer.toString(httpsPort));
    all.put("BULLA_HTTP_HOST", httpHost);
    all.put("BULLA_HTTP_PORT", Integer.toString(httpPort));
    all.put("WLP_OUTPUT_DIR", data.resolve("liberty").toString());
    all.put("LOG_DIR", logs().toString());
    // That of another Liberty on this host has no server of this name.
    all.remove("WLP_USER_DIR");
    all.keySet().removeAll(OF_THE_LAUNCHER);
    return all;
  }

  /** Where the server writes its logs. */
  public Path logs() {
    return data.resolve("logs");
  }

  /** The certificate of the authority that signed the server's certificate. */
  public Path authority() {
    return data.resolve("tls").resolve("ca.pem");
  }

  /** The URL of the readiness probe. */
  String readiness() {
    return "http://" + inUrl(reachable(httpHost)) + ":" + httpPort + "/health/ready";
  }

  /** The URL under which a client on this host reaches the APIs. */
  public String url() {
    return "https://" + (hasOwnAddress() ? inUrl(host) : "localhost") + ":" + httpsPort;
  }

  /** Where a client on this host reaches HTTPS. */
  InetSocketAddress https() {
    return new InetSocketAddress(reachable(host), httpsPort);
  }

  /** Where a client on this host reaches plain HTTP. */
  InetSocketAddress http() {
    return new InetSocketAddress(reachable(httpHost), httpPort);
  }

  private static String reachable(String host) {
    return EVERY_ADDRESS.getOrDefault(host, host);
  }

  /** RFC 3986, section 3.2.2: an IPv6 address stands in brackets. */
  private static String inUrl(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** The value of a variable, where it is set and not empty. */
  Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** Whether HTTPS listens on one address and not on every one. */
  boolean hasOwnAddress() {
    return !EVERY_ADDRESS.containsKey(host);
  }

  /** The names that the server's own certificate is for, besides localhost. */
  String hostName() {
    if (hasOwnAddress()) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw new CommandFailure(name + " must be a port from 1 to 65535");
  }
}
