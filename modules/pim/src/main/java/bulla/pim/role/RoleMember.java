package bulla.pim.role;

import bulla.pim.object.PolicyObject;
import bulla.pim.object.Uid;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A user or a group that belongs to a role. */
@Entity
@Table(name = "pim_role_member")
class RoleMember {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "role_id")
  private long roleId;

  @Column(name = "source_id")
  private long sourceId;

  @Enumerated(EnumType.STRING)
  @Column(name = "member_type")
  private MemberType type;

  private String name;

  @Column(name = "name_key")
  private String nameKey;

  /** For JPA. */
  protected RoleMember() {}

  RoleMember(long roleId, long sourceId, MemberType type, String name) {
    this.roleId = roleId;
    this.sourceId = sourceId;
    this.type = type;
    this.name = name;
    this.nameKey = PolicyObject.key(name);
  }

  long id() {
    return id;
  }

  long roleId() {
    return roleId;
  }

  String sourceUid() {
    return Uid.of(sourceId);
  }

  MemberType type() {
    return type;
  }

  String name() {
    return name;
  }

  /** What no second member of the role may share. */
  Identity identity() {
    return new Identity(sourceId, type, nameKey);
  }

  void stored(long withId) {
    this.id = withId;
  }

  /** A member within its role. */
  record Identity(long sourceId, MemberType type, String nameKey) {}
}
