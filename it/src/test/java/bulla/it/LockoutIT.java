package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Too many failures, and how the host ends the wait. */
@SharedServer
class LockoutIT {
  private static final String VERSION = "/pty/v1/auth/version";
  private static final int FAILURES_A_MINUTE = 10;
  private static final int MOST_FAILURES = 3 * FAILURES_A_MINUTE;

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

  /** Until the wait begins: on a slow machine a part of the failures is forgiven meanwhile. */
  private static void failTooOften(TestServer server, String name) {
    int failures = 0;
    while (failures < MOST_FAILURES
        && server.nobody().login(name, "Wrong-passphrase-1").status() == 401) {
      failures++;
    }
    assertThat(failures).isBetween(FAILURES_A_MINUTE, MOST_FAILURES - 1);
  }
}
