package bulla.launcher.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A program in the place of Liberty, to see how the launcher treats one: logs, has started after
 * {@code standin.ready} milliseconds, is then ready unless {@code standin.disk} is false, and ends
 * with {@code standin.exit} where that is set. Without a port it goes on, as Liberty does.
 */
final class StandIn {
  private static final String RECORD = "[11/25/26, 23:14:13:875 UTC] 0000002b bulla      %s %s%n";

  private StandIn() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    log("A", "CWWKE0001I: The server bulla has been launched.");
    log("I", "recovers the database");
    if (Boolean.getBoolean("standin.fails")) {
      log("E", "CWWKZ0106E: Could not start bulla.");
    }
    sleep(Integer.getInteger("standin.ready"));
    listen(
        "BULLA_HTTP_PORT",
        address -> {
          var http = HttpServer.create(address, 0);
          http.createContext("/health/ready", StandIn::answer);
          http.start();
        });
    var https = new ServerSocket();
    listen("BULLA_HTTPS_PORT", https::bind);
    Integer status = Integer.getInteger("standin.exit");
    if (status != null) {
      sleep(1_000);
      System.exit(status);
    }
    new CountDownLatch(1).await();
  }

  private interface Listener {
    void bind(InetSocketAddress address) throws IOException;
  }

  private static void listen(String variable, Listener listener) throws IOException {
    InetSocketAddress address = port(variable);
    try {
      listener.bind(address);
      log("I", "CWWKO0219I: A TCP Channel is now listening on port " + address.getPort() + ".");
    } catch (BindException taken) {
      log("E", "CWWKO0221E: The socket bind did not succeed for port " + address.getPort() + ".");
    }
  }

  private static void log(String level, String text) throws IOException {
    Files.writeString(
        Path.of(System.getenv("LOG_DIR"), "messages.log"),
        RECORD.formatted(level, text),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** As mpHealth writes it. */
  static void answer(HttpExchange exchange) throws IOException {
    boolean disk = !"false".equals(System.getProperty("standin.disk"));
    byte[] body =
        """
        {"checks":[{"data":{"database":true,"disk":%s,"started":true},"name":"bulla",\
        "status":"%s"}],"status":"%2$s"}\
        """
            .formatted(disk, disk ? "UP" : "DOWN")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(disk ? 200 : 503, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void sleep(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private static InetSocketAddress port(String variable) {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv(variable)));
  }
}
