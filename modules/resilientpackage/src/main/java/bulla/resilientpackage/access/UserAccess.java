package bulla.resilientpackage.access;

import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import java.util.List;

/**
 * What one user may do with every data element of a policy, and which rules say so. It comes about
 * by the same steps as the {@link AccessTable} that a protector asks.
 *
 * @param known whether any role lists the user; if not, only roles that allow all count
 * @param roles the roles that list the user
 * @param elements one entry for every data element of the policy, in the policy's order
 */
public record UserAccess(boolean known, List<PolicyRole> roles, List<Element> elements) {
  public UserAccess {
    roles = List.copyOf(roles);
    elements = List.copyOf(elements);
  }

  /**
   * What the deployed policies say together of this user.
   *
   * @param user in any case and Unicode normal form
   */
  public static UserAccess of(PolicySnapshot policy, String user) {
    return new AccessMerge(policy).explain(user);
  }

  /**
   * What the user may do with one data element.
   *
   * @param access the rights, or why there are none
   * @param rules the rules that count; none where the access is refused
   * @param allowAll whether they count because their roles allow all
   * @param masksContradict whether unprotect was revoked because the rules name different masks
   */
  public record Element(
      DataElement dataElement,
      Access access,
      List<Rule> rules,
      boolean allowAll,
      boolean masksContradict) {
    public Element {
      rules = List.copyOf(rules);
    }
  }
}
