package bulla.identity.role;

import java.util.List;

/** Who has a role; implemented where the users are kept. */
public interface RoleHolders {
  /**
   * Some groups and users that have the role, at most {@code most}, in the order of their names; a
   * group's name follows the words "the group".
   */
  List<String> namesOf(String roleId, int most);

  /**
   * Ends the tokens of all that have the role, because its permissions are other ones now.
   *
   * @throws bulla.commonops.problem.Problem 409 where nobody would be left who can administer
   */
  void permissionsChanged(String roleId);
}
