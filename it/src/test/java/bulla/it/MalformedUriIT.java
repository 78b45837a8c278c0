package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that no well-behaved client can send, written to the socket as they are. */
@SharedServer
class MalformedUriIT {
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

  /** Liberty itself refuses these, in its own words (ADR 9). */
  @ParameterizedTest
  @ValueSource(strings = {"/pty/v1/auth/%zz", "/pty/v1/auth/%00", "/%zz", "/pty/v2/pim/roles/%"})
  void aPathThatIsNoUriIsRefusedWithoutAWordOfTheInside(String address, TestServer server)
      throws IOException, GeneralSecurityException {
    String answer = answer(server, address);

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer).doesNotContain("Exception", "\tat ", "com.ibm", "java.");
  }

  private static String answer(TestServer server, String address)
      throws IOException, GeneralSecurityException {
    return Https.answer(
        server, "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }
}
