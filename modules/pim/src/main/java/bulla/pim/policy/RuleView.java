package bulla.pim.policy;

import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A rule as the API shows it; role and data element are its key.
 *
 * @param role the uid of the role
 * @param mask the uid of the mask on unprotected values; absent where there is none
 * @param dataElement the uid of the data element
 * @param noAccessOperation what an unprotect gives where it is not allowed
 * @param permission what the rule allows and what is logged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleView(
    String role,
    String mask,
    String dataElement,
    NoAccessOperation noAccessOperation,
    RulePermission permission) {
  static RuleView of(Rule rule) {
    return new RuleView(
        rule.role(), rule.mask(), rule.dataElement(), rule.noAccessOperation(), rule.permission());
  }
}
