package bulla.pim.access;

import bulla.protection.Mask;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.RulePermission;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a user may do, by what is deployed.
 *
 * @param user the name that was asked for
 * @param dataStores one entry for each data store that something is deployed to
 */
public record MemberAccessView(String user, List<Store> dataStores) {
  /**
   * What a user may do at the protectors of one data store.
   *
   * @param uid the uid of the data store
   * @param name the name of the data store
   * @param revision of the deploy that says so
   * @param inPolicy whether any deployed role lists the user
   * @param roles the deployed roles that list the user
   * @param dataElements the data elements that are deployed to it
   */
  public record Store(
      String uid,
      String name,
      long revision,
      boolean inPolicy,
      List<NamedRole> roles,
      List<Element> dataElements) {}

  /**
   * A role.
   *
   * @param uid the uid
   * @param name the name
   */
  public record NamedRole(String uid, String name) {}

  /**
   * What a user may do with one data element.
   *
   * @param uid the uid of the data element
   * @param name the name of the data element
   * @param access the operations that are allowed
   * @param mask the mask on unprotected values; absent where they are clear or not allowed
   * @param noAccessOperation what an unprotect gives where it is not allowed; absent where no rule
   *     joins the user and the data element
   * @param refusal the protector's return code where no rule joins them: 1 for a user who is not in
   *     the policy, 3 for one who is
   * @param allowAll whether the rights come from roles that allow all; only in the advanced view
   * @param masksContradict whether unprotect was revoked because rules name different masks; only
   *     in the advanced view
   * @param rules the rules that say so; only in the advanced view
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Element(
      String uid,
      String name,
      Permissions access,
      Mask mask,
      NoAccessOperation noAccessOperation,
      Integer refusal,
      Boolean allowAll,
      Boolean masksContradict,
      List<AppliedRule> rules) {}

  /**
   * A rule that counts.
   *
   * @param policy the uid of its policy; absent for a deploy from before that was kept, of several
   *     policies
   * @param policyName the name of its policy, as it is called now; absent where the policy is not
   *     known
   * @param role the uid of its role
   * @param roleName the name of its role
   * @param mask the uid of its mask, "0" for none, absent for the data element's own
   * @param noAccessOperation what an unprotect gives where it is not allowed
   * @param permission what the rule allows and what is logged
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AppliedRule(
      String policy,
      String policyName,
      String role,
      String roleName,
      String mask,
      NoAccessOperation noAccessOperation,
      RulePermission permission) {}
}
