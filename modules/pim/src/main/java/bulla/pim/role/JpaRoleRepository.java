package bulla.pim.role;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;

/** Keeps the roles in the table {@code pim_role}. */
@Dependent
class JpaRoleRepository extends JpaPolicyObjects<Role> implements RoleRepository {
  JpaRoleRepository() {
    super(ObjectType.ROLE, Role.class);
  }
}
