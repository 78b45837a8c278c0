package bulla.pim.role;

import bulla.pim.object.PolicyObjects;

/** The stored roles. */
interface RoleRepository extends PolicyObjects<Role> {}
