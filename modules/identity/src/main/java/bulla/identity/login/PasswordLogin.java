package bulla.identity.login;

import bulla.identity.password.PasswordHashing;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.identity.user.Accounts.Credentials;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Checks a name and a password. An unknown name, a wrong password, a user without a password and a
 * disabled user get the same answer after the same work, so that a stranger learns nothing.
 */
@Dependent
public class PasswordLogin {
  private final Accounts accounts;
  private final PasswordHashing hashing;
  private final LoginGate gate;

  @Inject
  public PasswordLogin(Accounts accounts, PasswordHashing hashing, LoginGate gate) {
    this.accounts = accounts;
    this.hashing = hashing;
    this.gate = gate;
  }

  /**
   * The enabled user of this name and password, whose password may be temporary.
   *
   * @param password UTF-8
   * @param address where the request comes from
   * @throws bulla.commonops.problem.Problem 401 where there is none; 429 where too many attempts
   *     from the address or for the name have failed; 503 where too many are waiting
   */
  public Account verify(String name, SecretBytes password, String address) {
    gate.enter(name, address);
    Optional<Credentials> stored = accounts.credentials(name);
    boolean fits = hashing.matches(password, stored.flatMap(Credentials::passwordHash));
    Optional<Account> verified =
        stored.filter(found -> fits).flatMap(found -> unchanged(found)).filter(Account::enabled);
    if (verified.isEmpty()) {
      gate.failed(name, address, "wrong name or password, or disabled");
      throw IdentityProblem.WRONG_CREDENTIALS.because(
          "Check the name and the password; a disabled user cannot log in");
    }
    gate.succeeded(name, address);
    return verified.get();
  }

  /** The user, unless it got another password while the one given was hashed. */
  private Optional<Account> unchanged(Credentials verified) {
    return accounts
        .withId(verified.id())
        .filter(account -> account.passwordHash().equals(verified.passwordHash()));
  }

  /**
   * The enabled user of this name and password.
   *
   * @throws bulla.commonops.problem.Problem as {@link #verify}, and 403 where the password is
   *     temporary
   */
  public Account verifyLasting(String name, SecretBytes password, String address) {
    Account account = verify(name, password, address);
    if (account.passwordTemporary()) {
      gate.refused(account.name(), "the password is temporary");
      throw IdentityProblem.PASSWORD_CHANGE_REQUIRED.because(
          "Change the password with POST /pty/v1/auth/login/password");
    }
    return account;
  }
}
