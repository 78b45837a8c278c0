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

  /**
   * The number of the role that the path names.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is no such role
   */
  long pathNamed(String uid);

  /** The uids of the roles that the server synchronises by itself; one statement. */
  List<String> automatic();

  /** These roles with their members, in the order of their uids; a fixed number of statements. */
  List<RoleDefinition> definitions(Collection<Long> ids);
}
