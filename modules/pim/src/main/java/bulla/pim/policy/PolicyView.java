package bulla.pim.policy;

import bulla.resilientpackage.policy.RulePermission;
import com.fasterxml.jackson.annotation.JsonInclude;

/** A policy as the API shows it, without its rules. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(String name, String description, RulePermission template, String uid) {
  static PolicyView of(Policy policy) {
    return new PolicyView(policy.name(), policy.description(), policy.template(), policy.uid());
  }
}
