package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that no well-behaved client can send, written to the socket as they are. */
@SharedServer
class MalformedUriIT {
  private static final String CORRELATION_ID = "X-Correlation-ID";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pty/v1/auth/users?max=%zz",
        "/pty/v1/auth/users?max=%",
        "/pty/v2/pim/roles?name=%c0%af",
        "/pty/v1/rps/export/00?version=%2",
        "/pty/v1/auth/users/%c0%af",
        "/pty/v1/auth/users/x%2fy"
      })
  void aQueryOrSegmentThatCannotBeDecodedIsAProblem(String address, TestServer server)
      throws IOException, GeneralSecurityException {
    String answer = answer(server, address);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    assertThat(answer).contains("\"code\":\"BAD_REQUEST\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/pty", "/pty/v3/auth/users", "/pty/v1/authx"})
  void aPathOfNoApiIsAProblem(String address, TestServer server)
      throws IOException, GeneralSecurityException {
    String answer = answer(server, address);

    assertThat(answer).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
    assertThat(answer).contains("\"code\":\"NO_SUCH_RESOURCE\"");
    assertThat(answer).contains("Strict-Transport-Security: max-age=31536000; includeSubDomains");
  }

  @Test
  void whatIsRefusedBeforeAnyResourceSeesItKeepsTheCallersCorrelationId(TestServer server) {
    String id = TestServer.unique("own");
    for (Answer answer :
        List.of(
            server.nobody().get("/nothing", CORRELATION_ID, id),
            server
                .nobody()
                .send(
                    "POST",
                    "/pty/v1/auth/login/token",
                    BodyPublishers.ofString("loginname=%zz"),
                    CORRELATION_ID,
                    id,
                    "Content-Type",
                    "application/x-www-form-urlencoded"))) {
      assertThat(answer.header(CORRELATION_ID)).as(answer.toString()).isEqualTo(id);
      assertThat(answer.problem().path("correlationId").asText()).isEqualTo(id);
    }
  }

  /** Liberty itself refuses these, in its own words (ADR 9). */
  @ParameterizedTest
  @ValueSource(strings = {"/pty/v1/auth/%zz", "/pty/v1/auth/%00", "/%zz", "/pty/v2/pim/roles/%"})
  void aPathThatIsNoUriIsRefusedWithoutAWordOfTheInside(String address, TestServer server)
      throws IOException, GeneralSecurityException {
    String answer = answer(server, address);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("text/html");
    assertThat(answer).doesNotContain("Exception", "\tat ", "com.ibm", "java.");
  }

  private static String answer(TestServer server, String address)
      throws IOException, GeneralSecurityException {
    return Https.answer(
        server, "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }
}
