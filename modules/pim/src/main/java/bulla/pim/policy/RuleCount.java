package bulla.pim.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How many rules a policy has; one that never had any has no row. */
@Entity
@Table(name = "pim_rule_count")
class RuleCount {
  @Id
  @Column(name = "policy_id")
  private long policyId;

  private long rules;

  /** For JPA. */
  protected RuleCount() {}

  RuleCount(long policyId, long rules) {
    this.policyId = policyId;
    this.rules = rules;
  }

  long policyId() {
    return policyId;
  }

  long rules() {
    return rules;
  }
}
