package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Too many failures, and how the host ends the wait. */
@ExtendWith(BullaServer.class)
class LockoutIT {
  private static final String VERSION = "/pty/v1/auth/version";
  private static final int FAILURES_A_MINUTE = 10;

  @Test
  void afterTooManyFailuresEveryWayInWaitsUntilTheHostUnlocks(TestServer server) {
    TestUser user = server.user("can_create_token");
    failTooOften(server, user.name());

    Answer login = server.nobody().login(user.name(), user.password());
    Answer basic = server.nobody().withPassword(user.name(), user.password()).get(VERSION);

    login.problem(429, "TOO_MANY_REQUESTS");
    assertThat(Integer.parseInt(login.header("Retry-After"))).isBetween(1, 900);
    basic.problem(429, "TOO_MANY_REQUESTS");

    assertThat(server.command("admin", "unlock", user.name())).contains(user.name());
    server.nobody().login(user.name(), user.password()).with(200);
  }

  @Test
  void aNameThatNobodyHasWaitsAlike(TestServer server) {
    String name = TestServer.unique("nobody");
    failTooOften(server, name);

    Answer login = server.nobody().login(name, "Wrong-passphrase-1");

    login.problem(429, "TOO_MANY_REQUESTS");
    assertThat(Integer.parseInt(login.header("Retry-After"))).isBetween(1, 900);
  }

  private static void failTooOften(TestServer server, String name) {
    for (int i = 0; i < FAILURES_A_MINUTE; i++) {
      server.nobody().login(name, "Wrong-passphrase-1").problem(401, "WRONG_CREDENTIALS");
    }
  }
}
