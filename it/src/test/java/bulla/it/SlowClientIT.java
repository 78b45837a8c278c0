package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients that begin a request and do not end it hold nothing for longer than the time-out of 30 s,
 * and those that end it late for no longer than a whole body may take.
 */
@Tag("slow")
@SharedServer
class SlowClientIT {
  private static final String FORM = "application/x-www-form-urlencoded";

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
    String answer = answer(server, "/pty/v1/auth/login/token", FORM, "loginname=");

    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
  }

  @Test
  void aHeaderThatNeverEndsClosesTheConnection(TestServer server)
      throws IOException, GeneralSecurityException {
    assertThat(
            Https.answer(
                server, "GET /pty/v1/auth/version HTTP/1.1\r\nHost: localhost\r\nX-Slow: "))
        .doesNotStartWith("HTTP/1.1 2");
  }

  /** A byte comes before each time-out ends: the whole body has a time too. */
  @Test
  void aBodyThatTricklesHoldsNothingForLong(TestServer server) throws Exception {
    String token = server.officer().authorization();
    Callable<String> json =
        () -> trickled(server, start("/pty/v2/pim/roles", "application/json", token, 10_000));
    Callable<String> form =
        () -> trickled(server, start("/pty/v1/auth/login/token", FORM, token, 10_000));
    Callable<String> stranger =
        () -> trickled(server, start("/pty/v2/pim/roles", "application/json", "Bearer x", 10_000));
    var clients = Executors.newFixedThreadPool(3);
    try {
      var answers = clients.invokeAll(List.of(json, form, stranger));

      for (var answer : answers.subList(0, 2)) {
        assertThat(answer.get()).startsWith("HTTP/1.1 408 ").contains("REQUEST_TIMEOUT");
      }
      assertThat(answers.get(2).get()).startsWith("HTTP/1.1 401 ");
    } finally {
      clients.shutdownNow();
    }
  }

  /** What the server answers to a body of which it gets a byte every five seconds. */
  private static String trickled(TestServer server, String start)
      throws IOException, GeneralSecurityException {
    var answer = new ByteArrayOutputStream();
    try (var socket = Https.socket(server)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
      for (int sent = 0; sent < 24; sent++) {
        try {
          int read = socket.getInputStream().read();
          while (read >= 0) {
            answer.write(read);
            read = socket.getInputStream().read();
          }
          return answer.toString(StandardCharsets.UTF_8);
        } catch (SocketTimeoutException nothingYet) {
          socket.getOutputStream().write(' ');
        }
      }
      throw new AssertionError("The connection is open after two minutes, with " + answer);
    }
  }

  /** The answer to a request that announces more of a body than it sends. */
  private static String answer(TestServer server, String path, String mediaType, String body)
      throws IOException, GeneralSecurityException {
    return Https.answer(
        server, start(path, mediaType, server.officer().authorization(), 1_000) + body);
  }

  private static String start(String path, String mediaType, String authorization, int length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
        + authorization
        + "\r\nContent-Type: "
        + mediaType
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }
}
