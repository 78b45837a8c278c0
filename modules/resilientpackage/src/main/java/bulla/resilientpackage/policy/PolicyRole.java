package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireName;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireUid;

import java.util.List;

/**
 * A role with the users in it.
 *
 * @param uid what rules call it
 * @param name its name
 * @param allowAll whether the role also supplies its rights to every name that no other role knows
 *     with the data element in question; the users that it lists are its members as of any role
 * @param users the names of its members, groups already expanded, as their sources spell them
 */
public record PolicyRole(String uid, String name, boolean allowAll, List<String> users) {
  public PolicyRole {
    requireUid(uid, "uid");
    requireName(name, "name");
    users = List.copyOf(require(users, "users"));
    users.forEach(user -> requireName(user, "users"));
  }
}
