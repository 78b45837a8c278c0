package bulla.pim.role;

import bulla.pim.object.PolicyObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/** A set of users that rules give rights to. */
@Entity
@Table(name = "pim_role")
class Role extends PolicyObject {
  @Enumerated(EnumType.STRING)
  @Column(name = "role_mode")
  private RoleMode mode;

  @Column(name = "allow_all")
  private boolean allowAll;

  /** For JPA. */
  protected Role() {}

  Role(WriteRole wanted) {
    become(wanted);
  }

  final void become(WriteRole wanted) {
    call(wanted.name(), wanted.description());
    this.mode = wanted.mode();
    this.allowAll = wanted.allowsAll();
  }

  RoleMode mode() {
    return mode;
  }

  boolean allowAll() {
    return allowAll;
  }
}
