package bulla.pim.policy;

import bulla.pim.object.PolicyObject;
import bulla.resilientpackage.policy.RulePermission;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A set of rules with a name, and the template of new ones. */
@Entity
@Table(name = "pim_policy")
class Policy extends PolicyObject {
  @Embedded private Grants template;

  /** For JPA. */
  protected Policy() {}

  Policy(WritePolicy wanted) {
    become(wanted);
  }

  final void become(WritePolicy wanted) {
    call(wanted.name(), wanted.description());
    this.template = new Grants(wanted.completeTemplate());
  }

  RulePermission template() {
    return template.permission();
  }
}
