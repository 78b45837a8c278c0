package bulla.identity.user;

import java.util.function.Predicate;

/** Whether a caller may act for a user, for what else belongs to users. */
public interface UserOversight {
  /**
   * Checks that there is such a user.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is none
   */
  void require(String userId);

  /**
   * Checks that a caller may act for a user, who stays as it is until the transaction ends.
   *
   * @param callerHas whether the caller has a permission
   * @throws bulla.commonops.problem.Problem 404 where there is no such user, 403 where it has
   *     permissions that the caller lacks
   */
  void requireOver(String userId, Predicate<String> callerHas);
}
