package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a browser is told when a page of another origin calls the APIs. */
@SharedServer
class CorsIT {
  /** One of the origins that the server under test is told of. */
  static final String PORTAL = "https://portal.example.com";

  private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ROLES = "/pty/v1/auth/roles";

  @Test
  void aPageOfANamedOriginMayReadTheAnswerAndItsToken(TestServer server) {
    Answer answer = server.administrator().get(ROLES, "Origin", PORTAL).with(200);
    assertThat(answer.header(ALLOWED_ORIGIN)).isEqualTo(PORTAL);
    assertThat(answer.header("Access-Control-Expose-Headers")).contains("pty_access_jwt_token");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isNotEqualTo("true");
  }

  /** But for those that every page may read (Fetch Standard, CORS-safelisted response headers). */
  @Test
  void aPageMayReadEveryHeaderThatADocumentNames(TestServer server) {
    var documented = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    for (String api : List.of("auth", "pim", "rps")) {
      for (JsonNode headers : Contract.read(api).findValues("headers")) {
        headers.fieldNames().forEachRemaining(documented::add);
      }
    }
    assertThat(documented).contains("Content-Disposition", "Deprecation", "ETag", "Location");

    Answer answer = server.administrator().get(ROLES, "Origin", PORTAL).with(200);
    assertThat(List.of(answer.header("Access-Control-Expose-Headers").split(", *", -1)))
        .containsAll(documented);
  }

  @Test
  void aPreflightOfANamedOriginIsAnsweredWithoutCredentials(TestServer server) {
    Answer answer = preflight(server, PORTAL).with(200);
    assertThat(answer.header(ALLOWED_ORIGIN)).isEqualTo(PORTAL);
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("PUT");
    assertThat(answer.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");
  }

  @Test
  void noOtherOriginIsAllowedAnything(TestServer server) {
    for (String origin :
        new String[] {
          "https://evil.example", PORTAL + ".evil.example", "null", "http://portal.example.com"
        }) {
      assertThat(server.administrator().get(ROLES, "Origin", origin).header(ALLOWED_ORIGIN))
          .as(origin)
          .isEmpty();
      assertThat(preflight(server, origin).header(ALLOWED_ORIGIN)).as(origin).isEmpty();
    }
  }

  private static Answer preflight(TestServer server, String origin) {
    return server
        .nobody()
        .send(
            "OPTIONS",
            ROLES,
            BodyPublishers.noBody(),
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "authorization,content-type");
  }
}
