package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
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
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains("pty_access_jwt_token", "X-Total-Count", "ETag");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isNotEqualTo("true");
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
