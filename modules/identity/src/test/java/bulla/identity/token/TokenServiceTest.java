package bulla.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.authentication.Permission;
import bulla.commonops.caller.Caller;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.login.OpenGate;
import bulla.identity.login.PasswordLogin;
import bulla.identity.password.FastHashing;
import bulla.identity.password.NewPassword;
import bulla.identity.password.PasswordHash;
import bulla.identity.password.PasswordHashing;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.StoredRoles;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.identity.user.PasswordPolicy;
import bulla.identity.user.StoredUsers;
import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenServiceTest {
  private static final String PASSWORD = "correct horse battery";
  private static final int SESSIONS_OF_A_USER = 3;

  /** Stored beforehand. */
  private static final AccessKey ACCESS_KEY = AccessKeys.FIRST;

  private final IdentityDatabase database = new IdentityDatabase();
  private final RecordedJournal journal = new RecordedJournal();
  private final PasswordHashing hashing = FastHashing.create();
  private final TokenKeys keys = keys();
  @TempDir Path directory;
  private TokenService service;
  private String alpha;

  @BeforeEach
  void createUsers() {
    service = service(Clock.systemUTC());
    PasswordHash hash = hashing.hash(NewPassword.of(PASSWORD));
    alpha =
        database.transaction(
            entityManager -> {
              StoredRoles.install(entityManager);
              user(entityManager, "weak", hash, "policy_user");
              user(entityManager, "certified", null, "security_admin");
              return user(entityManager, "alpha", hash, "directory_administrator");
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aLoginGivesATokenThatOpensTheApis() {
    IssuedTokens tokens = logIn("ALPHA");
    var caller = service.verify(tokens.access());
    assertThat(caller.name()).isEqualTo("alpha");
    assertThat(caller.userId()).isEqualTo(alpha);
    assertThat(caller.permissions())
        .contains(Permission.USER_WRITE, Permission.USER_READ, Permission.CREATE_TOKEN);
    assertThat(tokens.accessSeconds()).isEqualTo(1800);
    assertThat(tokens.refreshSeconds()).isEqualTo(1800);
    assertThat(journal.actions()).endsWith("LOGIN");
  }

  @Test
  void anUnknownUserAWrongPasswordAndADisabledUserGetTheSameAnswer() {
    var answers = new ArrayList<String>();
    List<ThrowingCallable> logins =
        List.of(
            () -> service.logIn("nobody", secret(PASSWORD)),
            () -> service.logIn("a:b", secret(PASSWORD)),
            () -> service.logIn("certified", secret(PASSWORD)),
            () -> service.logIn("alpha", secret("wrong horse battery")),
            () -> service.logIn("alpha", secret("x".repeat(300))),
            () -> {
              sql("update identity_user set enabled = false where name = 'alpha'");
              service.logIn("alpha", secret(PASSWORD));
            });
    for (ThrowingCallable login : logins) {
      assertThatThrownBy(login)
          .isInstanceOfSatisfying(
              Problem.class, problem -> answers.add(problem.type() + problem.detail()));
    }
    assertThat(answers).hasSize(6);
    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(answers.get(0)).startsWith("WRONG_CREDENTIALS");
  }

  @Test
  void aUserWithoutThePermissionGetsNoToken() {
    assertThatThrownBy(() -> service.logIn("weak", secret(PASSWORD)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(CommonProblem.FORBIDDEN);
              assertThat(problem.detail()).contains("can_create_token");
            });
  }

  @Test
  void aRefreshTokenWorksOnce() {
    IssuedTokens first = logIn("alpha");
    IssuedTokens second = service.refresh(first.refresh());
    IssuedTokens third = service.refresh(second.refresh());
    assertThat(service.verify(third.access()).name()).isEqualTo("alpha");
    assertThat(service.verify(first.access()).name()).isEqualTo("alpha");
  }

  @Test
  void reuseOfARefreshTokenRevokesTheWholeFamilyAndNoOther() {
    IssuedTokens other = logIn("alpha");
    IssuedTokens first = logIn("alpha");
    IssuedTokens second = service.refresh(first.refresh());
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(first.refresh()));
    assertThat(journal.actions()).endsWith("REVOKE_AFTER_REUSE");
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(second.refresh()));
    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(second.access()));
    assertThat(service.verify(other.access()).name()).isEqualTo("alpha");
    service.refresh(other.refresh());
  }

  @Test
  void reuseRevokesTheFamilyAlsoWhenTheOldTokenHasExpiredMeanwhile() {
    IssuedTokens first = logIn("alpha");
    IssuedTokens second = later(1000).refresh(first.refresh());
    TokenService later = later(2000);
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> later.refresh(first.refresh()));
    assertThat(journal.actions()).endsWith("REVOKE_AFTER_REUSE");
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> later.refresh(second.refresh()));
    IssuedTokens unused = logIn("alpha");
    List<String> before = journal.actions();
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> later.refresh(unused.refresh()));
    assertThat(journal.actions()).as("it only expired").isEqualTo(before);
  }

  @Test
  void ofTwoThatUseARefreshTokenAtTheSameTimeOneWinsAndTheFamilyIsRevoked() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        IssuedTokens first = logIn("alpha");
        Callable<Optional<IssuedTokens>> use =
            () -> {
              try {
                return Optional.of(service.refresh(first.refresh()));
              } catch (Problem refused) {
                return Optional.empty();
              }
            };
        var winners = new ArrayList<IssuedTokens>();
        for (var outcome : threads.invokeAll(List.of(use, use, use, use))) {
          outcome.get().ifPresent(winners::add);
        }
        assertThat(winners).hasSize(1);
        refused(
            IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(winners.get(0).refresh()));
        refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(winners.get(0).access()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aChangeOfTheUserEndsItsTokens() {
    IssuedTokens tokens = logIn("alpha");
    service.changePassword("alpha", secret(PASSWORD), NewPassword.of("another horse battery"));
    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(tokens.access()));
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(tokens.refresh()));
    refused(IdentityProblem.WRONG_CREDENTIALS, () -> logIn("alpha"));
    IssuedTokens again = service.logIn("alpha", secret("another horse battery"));
    assertThat(service.verify(again.access()).name()).isEqualTo("alpha");
  }

  @Test
  void aLogoutEndsItsWholeSessionAtOnceAndNoOther() {
    IssuedTokens other = logIn("alpha");
    IssuedTokens first = logIn("alpha");
    IssuedTokens second = service.refresh(first.refresh());

    service.logOut(first.access());

    assertThat(journal.actions()).endsWith("LOGOUT");
    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(first.access()));
    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(second.access()));
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(second.refresh()));
    assertThat(service.verify(other.access()).name()).isEqualTo("alpha");
    service.refresh(other.refresh());
  }

  @Test
  void ofTooManySessionsTheOneUnusedForLongestEnds() {
    IssuedTokens first = later(-30).logIn("alpha", secret(PASSWORD));
    IssuedTokens second = later(-20).logIn("alpha", secret(PASSWORD));
    IssuedTokens third = later(-10).logIn("alpha", secret(PASSWORD));
    IssuedTokens firstAgain = service.refresh(first.refresh());
    database.transaction(
        entityManager ->
            user(
                entityManager,
                "other",
                hashing.hash(NewPassword.of(PASSWORD)),
                "directory_administrator"));
    IssuedTokens others = logIn("other");
    assertThat(journal.actions()).doesNotContain("END_OLDEST");

    IssuedTokens fourth = logIn("alpha");

    assertThat(journal.actions()).endsWith("END_OLDEST", "LOGIN");
    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(second.access()));
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(second.refresh()));
    for (IssuedTokens kept : List.of(firstAgain, third, fourth, others)) {
      service.verify(kept.access());
    }
  }

  @Test
  void aRevokedOrExpiredSessionCountsNoMore() {
    service.logOut(logIn("alpha").access());
    later(-4000).logIn("alpha", secret(PASSWORD));
    for (int i = 0; i < SESSIONS_OF_A_USER; i++) {
      logIn("alpha");
    }
    assertThat(journal.actions()).doesNotContain("END_OLDEST");
  }

  @Test
  void whatIsNoAccessTokenLogsNobodyOut() {
    IssuedTokens tokens = logIn("alpha");
    refused(IdentityProblem.TOKEN_ENDED, () -> service.logOut(tokens.refresh()));
    refused(IdentityProblem.TOKEN_ENDED, () -> service.logOut("x"));
    assertThat(service.verify(tokens.access()).name()).isEqualTo("alpha");
  }

  @Test
  void aDeletedUserHasNoTokens() {
    IssuedTokens tokens = logIn("alpha");
    sql("delete from identity_user_role where user_id = '" + alpha + "'");
    sql("delete from identity_user where id = '" + alpha + "'");
    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(tokens.access()));
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(tokens.refresh()));
  }

  @Test
  void aTemporaryPasswordMustBeChangedFirst() {
    sql("update identity_user set password_temporary = true where name = 'alpha'");
    refused(IdentityProblem.PASSWORD_CHANGE_REQUIRED, () -> logIn("alpha"));
    refused(
        IdentityProblem.PASSWORD_REUSED,
        () -> service.changePassword("alpha", secret(PASSWORD), NewPassword.of(PASSWORD)));
    service.changePassword("alpha", secret(PASSWORD), NewPassword.of("another horse battery"));
    assertThat(service.logIn("alpha", secret("another horse battery")).access()).isNotBlank();
  }

  @Test
  void noneOfTheLastPasswordsComesBack() {
    String last = PASSWORD;
    for (String next : List.of("another horse battery", "a third horse battery")) {
      service.changePassword("alpha", secret(last), NewPassword.of(next));
      last = next;
    }
    for (String former : List.of(PASSWORD, "another horse battery", "a third horse battery")) {
      refused(
          IdentityProblem.PASSWORD_REUSED,
          () ->
              service.changePassword(
                  "alpha", secret("a third horse battery"), NewPassword.of(former)));
    }
    service.changePassword(
        "alpha", secret("a third horse battery"), NewPassword.of("a fourth horse battery"));
    service.changePassword("alpha", secret("a fourth horse battery"), NewPassword.of(PASSWORD));
    assertThat(logIn("alpha").access()).isNotBlank();
  }

  @Test
  void onlyTheLastPasswordsAreKept() {
    for (int i = 0; i < 30; i++) {
      PasswordHash hash = hashing.hash(NewPassword.of("horse battery number " + i));
      var accounts = new AccountsInTransactions();
      assertThat(accounts.changePassword(accounts.withId(alpha).orElseThrow(), hash)).isTrue();
    }
    List<PasswordHash> kept = new AccountsInTransactions().passwords(alpha);
    assertThat(kept).hasSize(25);
    assertThat(hashing.matches(secret("horse battery number 29"), Optional.of(kept.get(0))))
        .isTrue();
    assertThat(hashing.matches(secret("horse battery number 5"), Optional.of(kept.get(24))))
        .isTrue();
  }

  @Test
  void aPasswordIsNotTheNameOfItsUser() {
    String name = "Alpha Beta Gamma";
    database.transaction(
        entityManager ->
            user(entityManager, name, hashing.hash(NewPassword.of(PASSWORD)), "policy_user"));
    refused(
        CommonProblem.INVALID_VALUE,
        () -> service.changePassword(name, secret(PASSWORD), NewPassword.of("alpha BETA gamma")));
  }

  @Test
  void neitherTokenNorItsIdIsKept() {
    IssuedTokens tokens = logIn("alpha");
    RefreshClaims claims = keys.codec().readRefresh(tokens.refresh()).orElseThrow();
    Session session =
        database.transaction(
            entityManager -> entityManager.find(Session.class, claims.sessionId()));
    assertThat(session.refreshHash()).isEqualTo(claims.hash()).doesNotContain(claims.tokenId());
  }

  @Test
  void expiredSessionsAreRemovedAndOpenOnesStay() {
    logIn("alpha");
    service(Clock.fixed(Instant.now().plusSeconds(6000), java.time.ZoneOffset.UTC))
        .logIn("alpha", secret(PASSWORD));
    long left =
        database.transaction(
            entityManager ->
                entityManager
                    .createQuery("select count(s) from Session s", Long.class)
                    .getSingleResult());
    assertThat(left).isEqualTo(1);
  }

  @Test
  void theFirstStartMakesKeysThatSurviveARestart() {
    sql("delete from identity_token_key");
    Jwks made =
        open(Clock.systemUTC(), () -> AccessKey.generate(TokenKeys.RSA_BITS)).codec().jwks();
    assertThat(made).isNotEqualTo(service.jwks());
    assertThat(made.keys().get(0).n()).as("3072 bits in Base64url").hasSize(512);
    assertThat(open().codec().jwks()).isEqualTo(made);
  }

  @Test
  void twoKeysOverlapAndTheThirdEndsTheFirst() {
    IssuedTokens first = logIn("alpha");
    RotatedKeys rotated = service.rotateKeys(false);
    IssuedTokens second = logIn("alpha");

    assertThat(rotated.kid()).isNotEqualTo(ACCESS_KEY.kid());
    assertThat(service.jwks().keys())
        .extracting(Jwks.PublicKey::kid)
        .containsExactly(rotated.kid(), ACCESS_KEY.kid());
    assertThat(service.verify(first.access()).name()).isEqualTo("alpha");
    assertThat(service.verify(second.access()).name()).isEqualTo("alpha");
    IssuedTokens renewed = service.refresh(first.refresh());
    assertThat(service.verify(renewed.access()).name()).isEqualTo("alpha");
    assertThat(open().codec().jwks()).as("after a restart").isEqualTo(service.jwks());

    service.rotateKeys(false);

    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(first.access()));
    assertThat(service.verify(second.access()).name()).isEqualTo("alpha");
    assertThat(service.jwks().keys()).extracting(Jwks.PublicKey::kid).hasSize(2);
    assertThat(journal.actions()).containsSubsequence("LOGIN", "ROTATE", "ROTATE", "LOGIN");
  }

  @Test
  void aRotationThatEndsTokensLeavesNoOldKey() {
    IssuedTokens first = logIn("alpha");
    RotatedKeys rotated = service.rotateKeys(true);

    refused(IdentityProblem.TOKEN_ENDED, () -> service.verify(first.access()));
    refused(IdentityProblem.REFRESH_TOKEN_REFUSED, () -> service.refresh(first.refresh()));
    assertThat(service.jwks().keys())
        .extracting(Jwks.PublicKey::kid)
        .containsExactly(rotated.kid());
    assertThat(service.verify(logIn("alpha").access()).name()).isEqualTo("alpha");
  }

  @Test
  void anOldKeyIsFollowedByANewOneByItself() {
    var soon = open(Clock.offset(Clock.systemUTC(), Duration.ofDays(90).minusMinutes(1)));
    Jwks before = soon.codec().jwks();
    soon.rotateIfDue();
    assertThat(soon.codec().jwks()).isEqualTo(before);

    var late = open(Clock.offset(Clock.systemUTC(), Duration.ofDays(90).plusMinutes(1)));
    late.rotateIfDue();
    assertThat(late.codec().jwks().keys()).hasSize(2).containsAll(before.keys());
    Jwks rotated = late.codec().jwks();
    late.rotateIfDue();
    assertThat(late.codec().jwks()).isEqualTo(rotated);
  }

  private IssuedTokens logIn(String name) {
    return service.logIn(name, secret(PASSWORD));
  }

  private TokenService later(long seconds) {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
    return service(clock, open(clock));
  }

  private TokenService service(Clock clock) {
    return service(clock, keys);
  }

  private TokenService service(Clock clock, TokenKeys withKeys) {
    Accounts accounts = new AccountsInTransactions();
    var sessions =
        new Sessions(
            new SessionsInTransactions(),
            journal.forChanges(),
            new SessionLimit(SESSIONS_OF_A_USER));
    var cleaning = new SessionCleaning(sessions);
    return new TokenService(
        new PasswordLogin(accounts, hashing, OpenGate.create(journal, directory)),
        new PasswordPolicy(accounts, hashing, 3),
        accounts,
        sessions,
        cleaning,
        withKeys,
        new Caller(),
        clock);
  }

  private TokenKeys keys() {
    var place = new KeyContext("identity", ACCESS_KEY.kid(), 1, "token-ACCESS");
    new TokenKeysInTransactions()
        .add(
            new TokenKey(
                ACCESS_KEY.kid(),
                TokenKey.Purpose.ACCESS,
                1,
                new XorKeyring().wrap(place, ACCESS_KEY.toPkcs8()),
                Instant.now()));
    return open();
  }

  private TokenKeys open() {
    return open(Clock.systemUTC());
  }

  private TokenKeys open(Clock clock) {
    return open(clock, AccessKeys.next());
  }

  private TokenKeys open(Clock clock, Supplier<AccessKey> accessKeys) {
    var opened =
        new TokenKeys(
            new TokenKeysInTransactions(),
            new TokenKeyRotation(new TokenKeysInTransactions(), journal.forChanges()),
            new XorKeyring(),
            new TokenSettings("https://localhost:9443", "bulla", 1800, 1800),
            90,
            accessKeys,
            clock);
    opened.start();
    return opened;
  }

  private String user(EntityManager entityManager, String name, PasswordHash hash, String role) {
    return StoredUsers.create(entityManager, journal.forChanges(), name, hash, role);
  }

  private void sql(String statement) {
    database.transaction(
        entityManager -> entityManager.createNativeQuery(statement).executeUpdate());
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  /** Not a cipher: it only shows that what is stored goes through the keyring. */
  private static final class XorKeyring implements Keyring {
    @Override
    public byte[] wrap(KeyContext context, SecretBytes key) {
      return key.with(bytes -> xor(bytes, context));
    }

    @Override
    public SecretBytes unwrap(KeyContext context, byte[] wrapped) {
      return SecretBytes.takeFrom(xor(wrapped, context));
    }

    private static byte[] xor(byte[] bytes, KeyContext context) {
      var mixed = bytes.clone();
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] ^= (byte) context.hashCode();
      }
      return mixed;
    }
  }

  private final class AccountsInTransactions implements Accounts {
    @Override
    public Optional<Credentials> credentials(String name) {
      return in(accounts -> accounts.credentials(name));
    }

    @Override
    public Optional<Account> named(String name) {
      return in(accounts -> accounts.named(name));
    }

    @Override
    public Optional<Account> withId(String id) {
      return in(accounts -> accounts.withId(id));
    }

    @Override
    public boolean accepts(String id, long tokenGeneration) {
      return in(accounts -> accounts.accepts(id, tokenGeneration));
    }

    @Override
    public List<PasswordHash> passwords(String id) {
      return in(accounts -> accounts.passwords(id));
    }

    @Override
    public boolean changePassword(Account account, PasswordHash hash) {
      return in(accounts -> accounts.changePassword(account, hash));
    }

    private <T> T in(Function<Accounts, T> work) {
      return database.transaction(
          entityManager -> work.apply(StoredUsers.accounts(entityManager, journal.forChanges())));
    }
  }

  private final class SessionsInTransactions implements SessionRepository {
    @Override
    public void add(Session session) {
      in(
          repository -> {
            repository.add(session);
            return null;
          });
    }

    @Override
    public Optional<Session> find(String id) {
      return in(repository -> repository.find(id));
    }

    @Override
    public boolean rotate(String id, String usedHash, String nextHash, Instant expiresAt) {
      return in(repository -> repository.rotate(id, usedHash, nextHash, expiresAt));
    }

    @Override
    public void revoke(String id) {
      in(
          repository -> {
            repository.revoke(id);
            return null;
          });
    }

    @Override
    public void removeExpired(Instant time) {
      in(
          repository -> {
            repository.removeExpired(time);
            return null;
          });
    }

    @Override
    public List<String> beyond(int most, String userId, Instant now) {
      return in(repository -> repository.beyond(most, userId, now));
    }

    @Override
    public void remove(String id) {
      in(
          repository -> {
            repository.remove(id);
            return null;
          });
    }

    private <T> T in(Function<SessionRepository, T> work) {
      return database.transaction(
          entityManager -> {
            var repository = new JpaSessionRepository();
            repository.entityManager = entityManager;
            return work.apply(repository);
          });
    }
  }

  private final class TokenKeysInTransactions implements TokenKeyRepository {
    @Override
    public List<TokenKey> newest(TokenKey.Purpose purpose) {
      return database.transaction(entityManager -> repository(entityManager).newest(purpose));
    }

    @Override
    public boolean add(TokenKey key) {
      return database.transaction(entityManager -> repository(entityManager).add(key));
    }

    @Override
    public void addNext(TokenKey key) {
      database.transaction(
          entityManager -> {
            repository(entityManager).addNext(key);
            return key;
          });
    }

    @Override
    public void removeBefore(TokenKey.Purpose purpose, int version) {
      database.transaction(
          entityManager -> {
            repository(entityManager).removeBefore(purpose, version);
            return purpose;
          });
    }

    private JpaTokenKeyRepository repository(EntityManager entityManager) {
      var insertion = new JpaTokenKeyRepository.JpaInsertion();
      insertion.entityManager = entityManager;
      var repository = new JpaTokenKeyRepository(insertion);
      repository.entityManager = entityManager;
      return repository;
    }
  }
}
