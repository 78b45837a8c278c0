package bulla.identity.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.AuditEvent;
import bulla.commonops.metrics.ServerMetrics;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.identity.RecordedJournal;
import bulla.identity.password.FastHashing;
import bulla.identity.password.NewPassword;
import bulla.identity.password.PasswordHash;
import bulla.identity.password.PasswordHashing;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.secrets.SecretBytes;
import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordLoginTest {
  private static final String GOOD = "correct horse battery";
  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";

  private final PasswordHashing hashing = FastHashing.create();
  private final RecordedJournal journal = new RecordedJournal();
  private final SetTime time = new SetTime();
  private final ServerMetrics metrics = new ServerMetrics();
  @TempDir Path directory;
  private PasswordLogin login;

  @BeforeEach
  void open() {
    login = login(new LoginLimits(5, 3, 100, 100, Duration.ofMinutes(15)));
  }

  @Test
  void aRefusedLoginIsJournaledUnderTheNameThatWasTried() {
    wrong("alpha", HOME);
    assertThat(journal.events()).hasSize(1);
    AuditEvent event = journal.events().get(0);
    assertThat(event.action()).isEqualTo("LOGIN");
    assertThat(event.objectType()).isEqualTo("users");
    assertThat(event.objectId()).isEqualTo("alpha");
    assertThat(event.detail()).doesNotContain("wrong horse");
  }

  @Test
  void afterSomeFailuresANameMustWaitWhateverTheAddressAndThePassword() {
    wrong("alpha", HOME);
    wrong("ALPHA", ELSEWHERE);
    wrong("alpha", "192.0.2.3");
    tooMany("alpha", GOOD, "192.0.2.4", 21);
    time.pass(21);
    assertThat(login.verify("alpha", secret(GOOD), "192.0.2.4").name()).isEqualTo("alpha");
  }

  @Test
  void anUnknownNameIsLimitedAlike() {
    for (int i = 0; i < 3; i++) {
      wrong("nobody", "192.0.2." + i);
    }
    tooMany("nobody", GOOD, HOME, 21);
  }

  @Test
  void anAddressMustWaitWhateverTheNames() {
    for (int i = 0; i < 5; i++) {
      wrong("user" + i, HOME);
    }
    tooMany("alpha", GOOD, HOME, 13);
    assertThat(login.verify("alpha", secret(GOOD), ELSEWHERE).name()).isEqualTo("alpha");
  }

  @Test
  void aWrongPasswordCostsNoMoreQueriesThanAnUnknownName() {
    var asked = new ArrayList<String>();
    var accounts = new OneAccount("alpha", hashing.hash(NewPassword.of(GOOD)), asked);
    login = login(new LoginLimits(5, 3, 100, 100, Duration.ofMinutes(15)), accounts);
    wrong("alpha", HOME);
    assertThat(asked).containsExactly("credentials");
    wrong("nobody", HOME);
    assertThat(asked).containsExactly("credentials", "credentials");
    login.verify("alpha", secret(GOOD), HOME);
    assertThat(asked).containsExactly("credentials", "credentials", "credentials", "account");
  }

  @Test
  void everyAttemptIsCountedByItsOutcome() {
    login.verify("alpha", secret(GOOD), ELSEWHERE);
    for (int i = 0; i < 5; i++) {
      wrong("user" + i, HOME);
    }
    tooMany("alpha", GOOD, HOME, 13);
    assertThat(metrics.text())
        .contains("bulla_logins_total{outcome=\"succeeded\"} 1.0")
        .contains("bulla_logins_total{outcome=\"failed\"} 5.0")
        .contains("bulla_logins_total{outcome=\"locked\"} 1.0");
  }

  @Test
  void successesDoNotCount() {
    for (int i = 0; i < 20; i++) {
      login.verify("alpha", secret(GOOD), HOME);
    }
    assertThat(journal.events()).isEmpty();
  }

  @Test
  void strangersDoNotKeepAUserOutOfAPlaceThatItLoggedInFrom() {
    login.verify("alpha", secret(GOOD), HOME);
    for (int i = 0; i < 3; i++) {
      wrong("alpha", ELSEWHERE);
    }
    tooMany("alpha", GOOD, ELSEWHERE, 21);
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
    for (int i = 0; i < 3; i++) {
      wrong("alpha", HOME);
    }
    tooMany("alpha", GOOD, HOME, 21);
  }

  @Test
  void moreFailuresLockANameForLongerAndNoLongerThanThat() {
    login = login(new LoginLimits(100, 100, 100, 4, Duration.ofMinutes(15)));
    for (int i = 0; i < 3; i++) {
      wrong("alpha", ELSEWHERE);
      time.pass(600);
    }
    assertThat(journal.actions()).doesNotContain("LOCK");
    wrong("alpha", "192.0.2.9");
    assertThat(journal.events())
        .filteredOn(event -> event.action().equals("LOCK"))
        .singleElement()
        .satisfies(
            lock -> {
              assertThat(lock.objectType()).isEqualTo("users");
              assertThat(lock.objectId()).isEqualTo("alpha");
              assertThat(lock.detail()).isEqualTo("too many failures; for 900 s");
            });
    tooMany("alpha", GOOD, HOME, 901);
    time.pass(899);
    tooMany("alpha", GOOD, HOME, 2);
    time.pass(1);
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
    wrong("alpha", ELSEWHERE);
    wrong("alpha", ELSEWHERE);
    wrong("alpha", ELSEWHERE);
    wrong("alpha", ELSEWHERE);
    tooMany("alpha", GOOD, ELSEWHERE, 901);
  }

  @Test
  void anUnknownNameIsLockedAlike() {
    login = login(new LoginLimits(100, 100, 100, 4, Duration.ofMinutes(15)));
    for (int i = 0; i < 4; i++) {
      wrong("nobody", "192.0.2." + i);
    }
    tooMany("nobody", GOOD, HOME, 901);
  }

  @Test
  void failuresWithALongPauseBetweenThemLockNobody() {
    login = login(new LoginLimits(100, 100, 100, 2, Duration.ofMinutes(15)));
    for (int i = 0; i < 10; i++) {
      wrong("alpha", ELSEWHERE);
      time.pass(900);
    }
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
  }

  @Test
  void anAddressIsLockedWhateverTheNamesAndItsOwnSuccesses() {
    login = login(new LoginLimits(100, 100, 3, 100, Duration.ofMinutes(15)));
    for (int i = 0; i < 3; i++) {
      login.verify("alpha", secret(GOOD), ELSEWHERE);
      wrong("user" + i, ELSEWHERE);
    }
    tooMany("alpha", GOOD, ELSEWHERE, 901);
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
  }

  @Test
  void theHostLetsALockedUserInAgainOnce() throws IOException {
    login = login(new LoginLimits(100, 100, 100, 2, Duration.ofMinutes(15)));
    lock(ELSEWHERE);
    request("1", "other\n");
    tooMany("alpha", GOOD, HOME, 901);
    request("2", "ALPHA\n");
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
    assertThat(directory).isEmptyDirectory();
    assertThat(journal.actions()).contains("UNLOCK");
    lock("192.0.2.7");
    tooMany("alpha", GOOD, ELSEWHERE, 901);
  }

  @Test
  void theHostKeepsAnAddressApartFromStrangers() throws IOException {
    login = login(new LoginLimits(100, 100, 2, 2, Duration.ofMinutes(15)));
    lock(HOME);
    request("1", "alpha\n" + HOME + "\n");
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
    lock(ELSEWHERE);
    assertThat(login.verify("alpha", secret(GOOD), HOME).name()).isEqualTo("alpha");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "alpha",
        "alpha\n\n",
        "alpha\n192.0.2.1",
        "alpha\nlocalhost\n",
        "alpha\n192.0.2.1\nmore\n",
        "al:pha\n",
        "alpha\r\n"
      })
  void aRequestThatIsNotWellFormedUnlocksNobody(String content) throws IOException {
    login = login(new LoginLimits(100, 100, 100, 2, Duration.ofMinutes(15)));
    lock(ELSEWHERE);
    request("1", content);
    tooMany("alpha", GOOD, HOME, 901);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anOldOrLargeRequestOrALinkUnlocksNobody() throws IOException {
    login = login(new LoginLimits(100, 100, 100, 2, Duration.ofMinutes(15)));
    lock(ELSEWHERE);
    Files.setLastModifiedTime(
        request("old", "alpha\n"), FileTime.from(Instant.now().minusSeconds(1000)));
    request("large", "alpha\n" + "1".repeat(2000) + "\n");
    Path target = Files.writeString(directory.resolve("target"), "alpha\n");
    Files.createSymbolicLink(directory.resolve("link.request"), target);
    tooMany("alpha", GOOD, HOME, 901);
    assertThat(directory).isDirectoryNotContaining("glob:**.request");
  }

  private PasswordLogin login(LoginLimits limits) {
    return login(
        limits, new OneAccount("alpha", hashing.hash(NewPassword.of(GOOD)), new ArrayList<>()));
  }

  private PasswordLogin login(LoginLimits limits, Accounts accounts) {
    return new PasswordLogin(
        accounts,
        hashing,
        new LoginGate(
            new GuessLimit(limits, time),
            new UnlockRequests(directory, journal, Clock.systemUTC()),
            journal.forRefusals(),
            metrics));
  }

  private Path request(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name + ".request"), content);
  }

  private void lock(String address) {
    wrong("alpha", address);
    wrong("alpha", address);
  }

  private void wrong(String name, String address) {
    assertThatThrownBy(() -> login.verify(name, secret("wrong horse battery"), address))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(IdentityProblem.WRONG_CREDENTIALS));
  }

  private void tooMany(String name, String password, String address, int retryAfter) {
    assertThatThrownBy(() -> login.verify(name, secret(password), address))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(CommonProblem.TOO_MANY_REQUESTS);
              assertThat(problem.retryAfterSeconds()).isEqualTo(retryAfter);
            });
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.takeFrom(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Notes in {@code asked} what it is asked for. */
  private record OneAccount(String name, PasswordHash hash, List<String> asked)
      implements Accounts {
    @Override
    public Optional<Credentials> credentials(String wanted) {
      asked.add("credentials");
      return wanted.toLowerCase(Locale.ROOT).equals(name)
          ? Optional.of(new Credentials("id", true, Optional.of(hash)))
          : Optional.empty();
    }

    @Override
    public Optional<Account> named(String wanted) {
      return wanted.toLowerCase(Locale.ROOT).equals(name) ? withId("id") : Optional.empty();
    }

    @Override
    public Optional<Account> withId(String id) {
      asked.add("account");
      return Optional.of(
          new Account(id, name, true, 0, Optional.of(hash), false, Set.of(), Set.of()));
    }

    @Override
    public boolean accepts(String id, long tokenGeneration) {
      return true;
    }

    @Override
    public List<PasswordHash> passwords(String id) {
      return List.of(hash);
    }

    @Override
    public boolean changePassword(Account account, PasswordHash wanted) {
      return false;
    }
  }

  private static final class SetTime implements TimeMeter {
    private long nanos = 1_000_000_000_000L;

    void pass(long seconds) {
      nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
