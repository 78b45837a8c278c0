package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that begin a request and do not end it hold nothing for longer than the time-out of 30 s.
 */
@Tag("slow")
@ExtendWith(BullaServer.class)
class SlowClientIT {
  @Test
  void aBodyThatStallsIsAnsweredWith408(TestServer server)
      throws IOException, GeneralSecurityException {
    String answer = answer(server, "/pty/v2/pim/roles", "application/json", "{\"name\":");

    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
    assertThat(answer).contains("\"code\":\"REQUEST_TIMEOUT\"");
  }

  @Test
  void aFormThatStallsIsAnsweredWithAProblem(TestServer server)
      throws IOException, GeneralSecurityException {
    String answer =
        answer(
            server, "/pty/v1/auth/login/token", "application/x-www-form-urlencoded", "loginname=");

    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
  }

  @Test
  void aHeaderThatNeverEndsClosesTheConnection(TestServer server)
      throws IOException, GeneralSecurityException {
    assertThat(sent(server, "GET /pty/v1/auth/version HTTP/1.1\r\nHost: localhost\r\nX-Slow: "))
        .doesNotStartWith("HTTP/1.1 2");
  }

  /** The answer to a request that announces more of a body than it sends. */
  private static String answer(TestServer server, String path, String mediaType, String body)
      throws IOException, GeneralSecurityException {
    return sent(
        server,
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + server.officer().authorization()
            + "\r\nContent-Type: "
            + mediaType
            + "\r\nContent-Length: 1000\r\n\r\n"
            + body);
  }

  /** What the server sends until it closes the connection, which it must do by itself. */
  private static String sent(TestServer server, String start)
      throws IOException, GeneralSecurityException {
    URI url = URI.create(server.nobody().url());
    var sockets = Https.context(server.authority()).getSocketFactory();
    try (var socket = sockets.createSocket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
