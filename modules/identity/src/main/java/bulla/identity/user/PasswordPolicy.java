package bulla.identity.user;

import bulla.commonops.problem.CommonProblem;
import bulla.database.SettingsCheck;
import bulla.identity.password.NewPassword;
import bulla.identity.password.PasswordHash;
import bulla.identity.password.PasswordHashing;
import bulla.identity.problem.IdentityProblem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a password may not be to a certain user: the user's name, and one that the user has had
 * lately. It hashes several times: call it outside of a transaction.
 */
@Dependent
public class PasswordPolicy implements SettingsCheck {
  private final Accounts accounts;
  private final PasswordHashing hashing;
  private final int history;

  /**
   * A policy.
   *
   * @param history how many of a user's last passwords may not come back, the present one included
   */
  @Inject
  public PasswordPolicy(
      Accounts accounts,
      PasswordHashing hashing,
      @ConfigProperty(name = "bulla.password.history", defaultValue = "5") int history) {
    if (history < 1 || history > User.FORMER_PASSWORDS_KEPT) {
      throw new IllegalArgumentException(
          "BULLA_PASSWORD_HISTORY must be from 1 to " + User.FORMER_PASSWORDS_KEPT);
    }
    this.accounts = accounts;
    this.hashing = hashing;
    this.history = history;
  }

  /**
   * Hashes a password that a user is to keep.
   *
   * @throws bulla.commonops.problem.Problem 400 where the user may not have it, 503 where too many
   *     are waiting
   */
  public PasswordHash lasting(String userId, NewPassword wanted) {
    accounts.withId(userId).ifPresent(account -> requireOther(account.name(), wanted));
    for (PasswordHash former : accounts.passwords(userId).stream().limit(history).toList()) {
      if (hashing.matches(wanted.utf8(), Optional.of(former))) {
        throw IdentityProblem.PASSWORD_REUSED.because(
            "Choose a password that is none of the last " + history, "newPassword");
      }
    }
    return hashing.hash(wanted);
  }

  /**
   * Hashes a password that a user is to change at once.
   *
   * @throws bulla.commonops.problem.Problem 400 where the user may not have it, 503 where too many
   *     are waiting
   */
  PasswordHash temporary(String userId, NewPassword wanted) {
    accounts.withId(userId).ifPresent(account -> requireOther(account.name(), wanted));
    return hashing.hash(wanted);
  }

  /** Checks that a password is not the name of its user. */
  static void requireOther(String userName, NewPassword wanted) {
    String name = UserName.keyOf(userName);
    boolean same =
        wanted
            .utf8()
            .with(bytes -> UserName.keyOf(new String(bytes, StandardCharsets.UTF_8)).equals(name));
    if (same) {
      throw CommonProblem.INVALID_VALUE.because("The password must differ from the user's name");
    }
  }
}
