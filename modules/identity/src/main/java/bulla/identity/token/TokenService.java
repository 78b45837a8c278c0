package bulla.identity.token;

import bulla.commonops.authentication.Permission;
import bulla.commonops.authentication.VerifiedCaller;
import bulla.commonops.caller.Caller;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.identity.login.PasswordLogin;
import bulla.identity.password.NewPassword;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.identity.user.PasswordPolicy;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.UUID;

/** Issues, renews and verifies tokens. */
@Dependent
class TokenService implements BearerTokens {
  private final PasswordLogin login;
  private final PasswordPolicy policy;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCleaning cleaning;
  private final TokenKeys keys;
  private final Caller caller;
  private final Clock clock;

  @Inject
  TokenService(
      PasswordLogin login,
      PasswordPolicy policy,
      Accounts accounts,
      Sessions sessions,
      SessionCleaning cleaning,
      TokenKeys keys,
      Caller caller) {
    this(login, policy, accounts, sessions, cleaning, keys, caller, Clock.systemUTC());
  }

  TokenService(
      PasswordLogin login,
      PasswordPolicy policy,
      Accounts accounts,
      Sessions sessions,
      SessionCleaning cleaning,
      TokenKeys keys,
      Caller caller,
      Clock clock) {
    this.login = login;
    this.policy = policy;
    this.accounts = accounts;
    this.sessions = sessions;
    this.cleaning = cleaning;
    this.keys = keys;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * Opens a session.
   *
   * @throws Problem 401 where name and password do not fit, 429 after too many failures, 403 where
   *     the user may not have tokens or must change its password first
   */
  IssuedTokens logIn(String name, SecretBytes password) {
    Account account = login.verifyLasting(name, password, caller.address());
    caller.identified(account.name());
    requireCreateToken(account);
    keys.rotateIfDue();
    Instant now = clock.instant();
    cleaning.cleanIfDue(now);
    RefreshClaims refresh = RefreshClaims.fresh(account.id(), UUID.randomUUID().toString());
    sessions.open(
        new Session(
            refresh.sessionId(),
            account.id(),
            account.tokenGeneration(),
            refresh.hash(),
            expiry(now)),
        now);
    return issued(account, refresh);
  }

  /**
   * Exchanges a refresh token for the next and a new access token.
   *
   * @throws Problem 401 where the token is not good; where it was used before, its session is
   *     revoked
   */
  IssuedTokens refresh(String token) {
    RefreshClaims used = keys.codec().readRefresh(token).orElseThrow(TokenService::refreshRefused);
    Instant now = clock.instant();
    Session session =
        sessions
            .findOpen(used.sessionId(), now)
            .filter(open -> open.userId().equals(used.userId()))
            .orElseThrow(TokenService::refreshRefused);
    if (used.expired()) {
      sessions.revokeAfterReuse(session, used);
      throw refreshRefused();
    }
    Account account =
        accounts
            .withId(used.userId())
            .filter(Account::enabled)
            .filter(found -> found.tokenGeneration() == session.tokenGeneration())
            .orElseThrow(TokenService::refreshRefused);
    caller.identified(account.name());
    requireCreateToken(account);
    RefreshClaims next = RefreshClaims.fresh(account.id(), session.id());
    if (!sessions.rotate(used, next, expiry(now))) {
      throw refreshRefused();
    }
    return issued(account, next);
  }

  /**
   * Changes a user's own password, which ends its tokens.
   *
   * @throws Problem 401 where name and old password do not fit, 429 after too many failures, 400
   *     where the user may not have the new one
   */
  void changePassword(String name, SecretBytes password, NewPassword wanted) {
    Account account = login.verify(name, password, caller.address());
    caller.identified(account.name());
    if (!accounts.changePassword(account, policy.lasting(account.id(), wanted))) {
      throw IdentityProblem.WRONG_CREDENTIALS.because(
          "The user was changed at the same time; try again");
    }
  }

  /**
   * Ends the session of an access token, and with it that token and all others of the session.
   *
   * @throws Problem 401 where the token is not good
   */
  void logOut(String token) {
    AccessClaims claims = keys.codec().readAccess(token).orElseThrow(TokenService::ended);
    sessions.close(claims.sessionId());
  }

  /**
   * Makes new keys, which sign from now on.
   *
   * @param endTokens whether all older tokens end at once
   */
  RotatedKeys rotateKeys(boolean endTokens) {
    keys.rotate(endTokens);
    return new RotatedKeys("rotated", jwks().keys().get(0).kid(), endTokens);
  }

  /** The public keys that verify access tokens. */
  Jwks jwks() {
    return keys.codec().jwks();
  }

  @Override
  public VerifiedCaller verify(String token) {
    AccessClaims claims = keys.codec().readAccess(token).orElseThrow(TokenService::ended);
    boolean good =
        sessions
            .findOpen(claims.sessionId(), clock.instant())
            .filter(session -> session.userId().equals(claims.userId()))
            .filter(session -> accounts.accepts(session.userId(), session.tokenGeneration()))
            .isPresent();
    if (!good) {
      throw ended();
    }
    return new VerifiedCaller(
        claims.userId(), claims.userName(), new HashSet<>(claims.permissions()));
  }

  private IssuedTokens issued(Account account, RefreshClaims refresh) {
    TokenCodec codec = keys.codec();
    String access =
        codec.access(
            new AccessClaims(
                account.id(),
                account.name(),
                refresh.sessionId(),
                new TreeSet<>(account.roles()).stream().toList(),
                new TreeSet<>(account.permissions()).stream().toList()));
    TokenSettings settings = codec.settings();
    return new IssuedTokens(
        access, codec.refresh(refresh), settings.accessSeconds(), settings.refreshSeconds());
  }

  private Instant expiry(Instant now) {
    return now.plusSeconds(keys.codec().settings().sessionSeconds());
  }

  private static void requireCreateToken(Account account) {
    if (!account.permissions().contains(Permission.CREATE_TOKEN)) {
      throw CommonProblem.FORBIDDEN.because(
          "The permission " + Permission.CREATE_TOKEN + " is missing");
    }
  }

  private static Problem refreshRefused() {
    return IdentityProblem.REFRESH_TOKEN_REFUSED.because("Log in again");
  }

  private static Problem ended() {
    return IdentityProblem.TOKEN_ENDED.because(
        "The bearer token is not valid or has ended; log in or refresh to get a new one");
  }
}
