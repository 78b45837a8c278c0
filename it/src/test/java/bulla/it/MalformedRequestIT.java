package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, written to the socket as it is. */
@SharedServer
class MalformedRequestIT {
  private static final String JWKS = "/pty/v1/auth/jwks";
  private static final String CORRELATION_ID = "X-Correlation-ID";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pty/v1/auth/users?max=%zz",
        "/pty/v1/auth/users?max=%",
        "/pty/v2/pim/roles?name=%c0%af",
        "/pty/v1/rps/export/00?version=%2",
        "/pty/v1/auth/users/%c0%af",
        "/pty/v1/auth/users/x%2fy",
        "/pty/v1/auth/users?access_token=x|y",
        "/pty/v1/auth/users/x|y",
        "/pty/v1/auth/{x}",
        "/pty/v2/pim/x^y",
        "/pty/v2/pim/roles#x",
        "/pty/v2/pim/policies?<x>",
        "/pty/v1/rps/\"",
        "/pty/docs/?%zz",
        "/pty/docs/?a=%",
        "/nothing?{x}",
        "/pty/docs/index.html;a=b",
        "/pty/v1/auth/jwks;x=1",
        "/pty/v2/pim/roles/1;x=1/members"
      })
  void aQueryOrSegmentThatCannotBeDecodedIsAProblem(String address, TestServer server)
      throws IOException, GeneralSecurityException {
    String answer = answer(server, address);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    assertThat(answer).contains("\"code\":\"BAD_REQUEST\"").doesNotContain("$WSEP");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil example",
        "<x>",
        "a|b",
        "\"",
        "%zz",
        "\\",
        "{}",
        "a/b",
        "a?b",
        "a#b",
        "u@h",
        "[1.2.3.4]",
        "[:::]",
        "[1]"
      })
  void aHostThatIsNoneIsAProblem(String host, TestServer server)
      throws IOException, GeneralSecurityException {
    for (String path : List.of(JWKS, "/pty/v2/pim/roles")) {
      assertThat(answer(server, "GET", path, host))
          .startsWith("HTTP/1.1 400 ")
          .contains("\"code\":\"BAD_REQUEST\"");
    }
  }

  /** Else the resource would be another than that of the access log and of the other filters. */
  @Test
  void aHostChoosesNoResource(TestServer server) throws IOException, GeneralSecurityException {
    assertThat(answer(server, "GET", "/pty/v1/auth/nothing", "x" + JWKS + "?"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(answer(server, "GET", "/pty/v1/auth/nothing", "x/..;" + JWKS + "#"))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9443", "[::1]:9443", "192.0.2.1", "bulla_1", "b-1.example."})
  void aHostIsANameOrAnAddress(String host, TestServer server)
      throws IOException, GeneralSecurityException {
    assertThat(answer(server, "GET", JWKS, host)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aRequestHasOneHost(TestServer server) throws IOException, GeneralSecurityException {
    String get = "GET " + JWKS + " HTTP/1.1\r\nConnection: close\r\n";
    for (String hosts : List.of("", "Host:\r\n", "Host: a\r\nHost: b\r\n", "Host: a:b\r\n")) {
      assertThat(Https.answer(server, get + hosts + "\r\n"))
          .as(hosts)
          .startsWith("HTTP/1.1 400 ")
          .contains("\"code\":\"BAD_REQUEST\"");
    }
    assertThat(Https.answer(server, "GET " + JWKS + " HTTP/1.0\r\n\r\n")).contains(" 200 ");
  }

  /** JAX-RS would write each into the log, with where it met it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: MARKED-json",
        "Content-Type: MARKED/",
        "Accept: MARKED",
        "Accept: application/json, MARKED",
        "Accept-Language: MARKED;q=y",
        "Accept-Language: MARKED/x"
      })
  void aTypeOrLanguageThatIsNoneIsRefusedAndNotLogged(String header, TestServer server)
      throws IOException, GeneralSecurityException {
    String answer =
        Https.answer(
            server, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(JWKS, header));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"BAD_REQUEST\"");
    assertThat(Logs.of(server)).doesNotContain("MARKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept: */*",
        "Accept:",
        "Accept: application/json ; charset=\"utf-8\" , */*;q=0.1",
        "Accept: application/json;",
        "Accept-Language: de-CH,de;q=0.9, en;q=0.8, *;q=0.5",
        "Content-Type: application/json; charset=utf-8"
      })
  void whatBrowsersSendIsTaken(String header, TestServer server)
      throws IOException, GeneralSecurityException {
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(JWKS, header);

    assertThat(Https.answer(server, request)).startsWith("HTTP/1.1 200 ");
  }

  /** Else a proxy and this server may see two requests where the other sees one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: abc",
        "Content-Length: +40",
        "Content-Length: -1",
        "Content-Length: 40, 40",
        "Content-Length: 40\r\nContent-Length: 3",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Content-Length: 40\r\nTransfer-Encoding: chunked"
      })
  void aBodyWhoseEndNobodyCanTellEndsTheConnection(String length, TestServer server)
      throws IOException, GeneralSecurityException {
    for (String path : List.of("/pty/v1/auth/login/refresh", "/nothing", "/pty/docs/")) {
      String answer =
          Https.answer(
              server,
              "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n\r\nGET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(path, length, JWKS));

      assertThat(answer).as(path).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 200 ");
    }
  }

  /** The container drops such a length, and would take the body for the next request. */
  @Test
  void aBodyThatTheContainerDoesNotSeeIsNoRequest(TestServer server)
      throws IOException, GeneralSecurityException {
    String answer =
        Https.answer(
            server,
            "POST /pty/v2/pim/init HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Length: +2\r\n\r\nGET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(server.officer().authorization(), JWKS));

    assertThat(answer).startsWith("HTTP/1.1 ").containsOnlyOnce("HTTP/1.1 ");
  }

  /** Liberty itself answers for the probes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/nope",
        "/health/ready/",
        "/health/%2e%2e/x",
        "/health/%2f",
        "/health/%5c"
      })
  void aProbeThatIsNoneTellsNothingOfTheInside(String address, TestServer server)
      throws IOException, GeneralSecurityException {
    for (String method : List.of("GET", "TRACE")) {
      assertThat(answer(server, method, address, "localhost"))
          .startsWith("HTTP/1.1 4")
          .contains("\r\nThe server refuses this request.")
          .doesNotContain("Exception", "SRVE", "java");
    }
  }

  private static String answer(TestServer server, String address)
      throws IOException, GeneralSecurityException {
    return answer(server, "GET", address, "localhost");
  }

  private static String answer(TestServer server, String method, String address, String host)
      throws IOException, GeneralSecurityException {
    return Https.answer(
        server,
        "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, address, host));
  }
}
