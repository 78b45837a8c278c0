package bulla.identity.role;

import bulla.identity.permission.PublishedPermission;
import bulla.identity.permission.PublishedRole;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A named set of permissions. */
@Entity
@Table(name = "identity_role")
class Role {
  @Id private String id;
  private String name;

  @Column(name = "name_key")
  private String nameKey;

  private String description;

  @Column(name = "built_in")
  private boolean builtIn;

  /** The names, each followed by a line feed. One column, so that the version counts changes. */
  private String permissions;

  @Version private long version;

  /** For JPA. */
  protected Role() {}

  private Role(String id, RoleName name, String description, boolean builtIn) {
    this.id = id;
    this.name = name.text();
    this.nameKey = name.key();
    this.description = description;
    this.builtIn = builtIn;
    this.permissions = "";
  }

  static Role of(RoleName name, String description, Collection<String> permissions) {
    var role = new Role(UUID.randomUUID().toString(), name, description, false);
    role.permissions = joined(permissions);
    return role;
  }

  /** A built-in role's row, which is there to be referred to: see {@link #permissions()}. */
  static Role builtIn(PublishedRole published) {
    return new Role(builtInId(published), new RoleName(published.publishedName()), null, true);
  }

  static String builtInId(PublishedRole published) {
    return UUID.nameUUIDFromBytes(
            ("bulla:role:" + published.publishedName()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /** Gives the role new permissions; answers whether they differ from the old. */
  boolean change(String newDescription, Collection<String> newPermissions) {
    boolean other = !joined(newPermissions).equals(permissions);
    this.description = newDescription == null ? description : newDescription;
    this.permissions = joined(newPermissions);
    return other;
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

  boolean isBuiltIn() {
    return builtIn;
  }

  /**
   * What tells this state of this role from every other, also from those of a role of the same name
   * before it, which was deleted.
   */
  long version() {
    return (UUID.fromString(id).getLeastSignificantBits() << 24 >>> 1) + version;
  }

  /**
   * The permissions as they were given to the role. Those of a built-in role are the program's own,
   * so that a new release may add to them.
   */
  List<String> permissions() {
    return builtIn
        ? PublishedRole.find(name).map(PublishedRole::permissions).orElse(List.of())
        : permissions.lines().toList();
  }

  GrantedRole granted() {
    Set<String> flat = PublishedPermission.flatten(permissions());
    return new GrantedRole(id, name, flat);
  }

  RoleView view() {
    String shown =
        builtIn
            ? PublishedRole.find(name).map(PublishedRole::description).orElse(null)
            : description;
    return new RoleView(name, Objects.requireNonNullElse(shown, ""), true, permissions());
  }

  private static String joined(Collection<String> permissions) {
    var text = new StringBuilder();
    new TreeSet<>(permissions).forEach(permission -> text.append(permission).append('\n'));
    return text.toString();
  }
}
