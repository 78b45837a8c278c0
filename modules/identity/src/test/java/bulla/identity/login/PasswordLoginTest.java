package bulla.identity.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.AuditEvent;
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
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PasswordLoginTest {
  private static final String GOOD = "correct horse battery";
  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";

  private final PasswordHashing hashing = FastHashing.create();
  private final RecordedJournal journal = new RecordedJournal();
  private final SetTime time = new SetTime();
  private final PasswordLogin login =
      new PasswordLogin(
          new OneAccount("alpha", hashing.hash(NewPassword.of(GOOD))),
          hashing,
          new GuessLimit(5, 3, time),
          journal.forRefusals());

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

  private record OneAccount(String name, PasswordHash hash) implements Accounts {
    @Override
    public Optional<Account> named(String wanted) {
      return wanted.toLowerCase(Locale.ROOT).equals(name)
          ? Optional.of(
              new Account("id", name, true, 0, Optional.of(hash), false, Set.of(), Set.of()))
          : Optional.empty();
    }

    @Override
    public Optional<Account> withId(String id) {
      return Optional.empty();
    }

    @Override
    public boolean accepts(String id, long tokenGeneration) {
      return true;
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
