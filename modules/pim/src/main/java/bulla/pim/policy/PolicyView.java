package bulla.pim.policy;

import bulla.resilientpackage.policy.RulePermission;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A policy as the API shows it, without its rules.
 *
 * @param name the name, unique among the policies
 * @param description what it is for, in words; absent where it was not given
 * @param template the permissions that a rule has which says nothing else
 * @param uid the uid, by which paths and other objects refer to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(String name, String description, RulePermission template, String uid) {
  static PolicyView of(Policy policy) {
    return new PolicyView(policy.name(), policy.description(), policy.template(), policy.uid());
  }
}
