package bulla.pim.policy;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;

/** Keeps the policies in the table {@code pim_policy}. */
@Dependent
class JpaPolicyRepository extends JpaPolicyObjects<Policy> implements PolicyRepository {
  JpaPolicyRepository() {
    super(ObjectType.POLICY, Policy.class);
  }
}
