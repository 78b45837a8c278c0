package bulla.pim.role;

import java.util.Collection;
import java.util.List;

/** The roles, for the features that refer to them. */
public interface Roles {
  /**
   * The number of the role that a member of a request names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is no such role
   */
  long referenced(String uid, String member);

  /** These roles with their members, in the order of their uids; a fixed number of statements. */
  List<RoleDefinition> definitions(Collection<Long> ids);
}
