package bulla.identity.user;

import bulla.commonops.authentication.Permission;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.GrantedRole;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How far a caller may go: whoever administers users without administering roles can give others no
 * more than it has itself, neither by roles nor by setting the password of somebody who has more.
 *
 * @param holds whether the caller has a permission
 */
public record Authority(Predicate<String> holds) {
  /** The server itself, at its first start. */
  static final Authority SERVER = new Authority(permission -> true);

  /**
   * Checks that the caller may act for holders of these roles.
   *
   * @throws bulla.commonops.problem.Problem 403 naming the permissions that the caller lacks
   */
  public void require(Collection<GrantedRole> roles) {
    if (holds.test(Permission.ROLE_WRITE)) {
      return;
    }
    var missing = new TreeSet<String>();
    roles.forEach(role -> missing.addAll(role.permissions()));
    missing.removeIf(holds);
    if (!missing.isEmpty()) {
      throw IdentityProblem.BEYOND_OWN_PERMISSIONS.because(
          "The caller has neither "
              + Permission.ROLE_WRITE
              + " nor the permissions "
              + String.join(", ", missing));
    }
  }
}
