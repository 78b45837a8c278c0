package bulla.pim.policy;

import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import com.fasterxml.jackson.annotation.JsonInclude;

/** A rule as the API shows it; role and data element are its key. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleView(
    String role,
    String mask,
    String dataElement,
    NoAccessOperation noAccessOperation,
    RulePermission permission) {
  static RuleView of(PolicyRule stored) {
    Rule rule = stored.definition();
    return new RuleView(
        rule.role(), rule.mask(), rule.dataElement(), rule.noAccessOperation(), rule.permission());
  }
}
