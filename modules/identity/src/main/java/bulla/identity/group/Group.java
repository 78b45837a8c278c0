package bulla.identity.group;

import bulla.identity.user.UserGroup;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Users who have the same roles. The memberships are kept with the users, because there they count
 * at every login; the version of a group counts them too.
 */
@Entity
@Table(name = "identity_group")
class Group {
  @Id private String id;
  private String name;

  @Column(name = "name_key")
  private String nameKey;

  private String description;

  @ElementCollection
  @CollectionTable(
      name = "identity_group_role",
      joinColumns = @JoinColumn(name = "group_id", referencedColumnName = "id"))
  @Column(name = "role_id")
  private Set<String> roleIds = new HashSet<>();

  @Version private long version;

  /** For JPA. */
  protected Group() {}

  Group(GroupName name, String description, Collection<String> roleIds) {
    this.id = UUID.randomUUID().toString();
    this.name = name.text();
    this.nameKey = name.key();
    this.description = description;
    this.roleIds.addAll(roleIds);
  }

  void changeRoles(Collection<String> wanted) {
    roleIds.retainAll(wanted);
    roleIds.addAll(wanted);
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  String nameKey() {
    return nameKey;
  }

  Set<String> roleIds() {
    return Set.copyOf(roleIds);
  }

  long version() {
    return version;
  }

  /** The group as its members see it. */
  UserGroup granting() {
    return new UserGroup(id, name, roleIds);
  }

  GroupView view(List<String> members, List<String> roleNames) {
    return new GroupView(id, name, Objects.requireNonNullElse(description, ""), members, roleNames);
  }
}
