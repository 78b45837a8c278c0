package bulla.pim.policy;

import bulla.pim.object.Uid;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A rule of a policy; its key is the role and the data element. */
@Entity
@Table(name = "pim_rule")
class PolicyRule {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Version private long version;

  @Column(name = "policy_id")
  private long policyId;

  @Column(name = "role_id")
  private long roleId;

  @Column(name = "data_element_id")
  private long dataElementId;

  @Column(name = "mask_id")
  private Long maskId;

  private boolean unmasked;

  @Enumerated(EnumType.STRING)
  @Column(name = "no_access_operation")
  private NoAccessOperation noAccessOperation;

  @Embedded private Grants grants;

  /** For JPA. */
  protected PolicyRule() {}

  PolicyRule(long policyId, long roleId, long dataElementId) {
    this.policyId = policyId;
    this.roleId = roleId;
    this.dataElementId = dataElementId;
  }

  /**
   * Gives it another content.
   *
   * @param maskId the mask on unprotected values; null for none of its own
   * @param clear whether unprotected values are clear even where the data element has a mask
   */
  void become(Long maskId, boolean clear, NoAccessOperation operation, RulePermission permission) {
    this.maskId = maskId;
    this.unmasked = clear;
    this.noAccessOperation = operation;
    this.grants = new Grants(permission);
  }

  /**
   * What tells this state of this rule from every other, also from those of a rule of the same role
   * and data element before it, which was deleted.
   */
  String version() {
    return version(id, version);
  }

  /** The same of the columns {@code id}, null before it is stored, and {@code version}. */
  static String version(Long id, Long version) {
    return id + "." + version;
  }

  long policyId() {
    return policyId;
  }

  long roleId() {
    return roleId;
  }

  long dataElementId() {
    return dataElementId;
  }

  Long maskId() {
    return maskId;
  }

  Rule definition() {
    String mask = unmasked ? Rule.CLEAR : maskId == null ? null : Uid.of(maskId);
    return new Rule(
        Uid.of(roleId), Uid.of(dataElementId), mask, noAccessOperation, grants.permission());
  }
}
