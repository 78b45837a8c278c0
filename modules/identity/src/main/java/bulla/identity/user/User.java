package bulla.identity.user;

import bulla.identity.password.PasswordHash;
import bulla.identity.role.GrantedRole;
import bulla.identity.role.Roles;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody, or something, that may call the APIs. Whatever changes who that is or what it may do
 * raises the token generation, and with it ends all tokens that were issued before: a number
 * instead of a time, because two of them can fall into one second, and clocks are set back.
 */
@Entity
@Table(name = "identity_user")
class User {
  static final int FORMER_PASSWORDS_KEPT = 24;

  @Id private String id;
  private String name;

  @Column(name = "name_key")
  private String nameKey;

  private String email;

  @Column(name = "first_name")
  private String firstName;

  @Column(name = "last_name")
  private String lastName;

  private boolean enabled;

  @Column(name = "password_hash")
  private String passwordHash;

  /** The hashes before it, the last one first, each followed by a line feed. */
  @Column(name = "former_passwords")
  private String formerPasswords;

  @Column(name = "password_temporary")
  private boolean passwordTemporary;

  @Column(name = "token_generation")
  private long tokenGeneration;

  /** Milliseconds since 1970-01-01 UTC. */
  @Column(name = "created_at")
  private long createdAt;

  @ElementCollection
  @CollectionTable(
      name = "identity_user_role",
      joinColumns = @JoinColumn(name = "user_id", referencedColumnName = "id"))
  @Column(name = "role_id")
  private Set<String> roleIds = new HashSet<>();

  @ElementCollection
  @CollectionTable(
      name = "identity_group_member",
      joinColumns = @JoinColumn(name = "user_id", referencedColumnName = "id"))
  @Column(name = "group_id")
  private Set<String> groupIds = new HashSet<>();

  @Version private long version;

  /** For JPA. */
  protected User() {}

  User(UserName name, Collection<String> roleIds, Instant createdAt) {
    this.id = UUID.randomUUID().toString();
    this.name = name.text();
    this.nameKey = name.key();
    this.enabled = true;
    this.roleIds.addAll(roleIds);
    this.createdAt = createdAt.toEpochMilli();
  }

  void describe(Profile profile) {
    email = changed(email, profile.email());
    firstName = changed(firstName, profile.firstName());
    lastName = changed(lastName, profile.lastName());
  }

  void enable(boolean wanted) {
    if (enabled && !wanted) {
      endTokens();
    }
    enabled = wanted;
  }

  void changePassword(PasswordHash hash, boolean temporary) {
    formerPasswords =
        passwords().stream()
            .limit(FORMER_PASSWORDS_KEPT)
            .map(former -> former.phc() + '\n')
            .collect(Collectors.joining());
    passwordHash = hash.phc();
    passwordTemporary = temporary;
    endTokens();
  }

  /** Gives the user other roles; answers whether they differ from the old. */
  boolean changeRoles(Collection<String> wanted) {
    if (roleIds.equals(Set.copyOf(wanted))) {
      return false;
    }
    roleIds.retainAll(wanted);
    roleIds.addAll(wanted);
    endTokens();
    return true;
  }

  /** Puts the user into other groups; answers whether they differ from the old. */
  boolean changeGroups(Collection<String> wanted, boolean givesOtherRoles) {
    if (groupIds.equals(Set.copyOf(wanted))) {
      return false;
    }
    groupIds.retainAll(wanted);
    groupIds.addAll(wanted);
    if (givesOtherRoles) {
      endTokens();
    }
    return true;
  }

  private void endTokens() {
    tokenGeneration++;
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

  boolean isEnabled() {
    return enabled;
  }

  Optional<PasswordHash> passwordHash() {
    return Optional.ofNullable(passwordHash).map(PasswordHash::parse);
  }

  /** The hashes of the password and of those before it, the last one first. */
  List<PasswordHash> passwords() {
    return Stream.concat(
            passwordHash().stream(),
            formerPasswords == null
                ? Stream.empty()
                : formerPasswords.lines().map(PasswordHash::parse))
        .toList();
  }

  boolean isPasswordTemporary() {
    return passwordTemporary;
  }

  long tokenGeneration() {
    return tokenGeneration;
  }

  long version() {
    return version;
  }

  Set<String> roleIds() {
    return Set.copyOf(roleIds);
  }

  Set<String> groupIds() {
    return Set.copyOf(groupIds);
  }

  /** The user as lists show it. */
  UserEntry entry() {
    return new UserEntry(name, email, firstName, lastName, enabled, id, createdAt, null, false);
  }

  /** The user as the call for one user shows it, with the names of its roles and groups. */
  UserView view(Roles roles, Groups groups) {
    return new UserView(
        id,
        name,
        firstName,
        lastName,
        email,
        false,
        enabled,
        createdAt,
        groups.withIds(groupIds()).stream().map(UserGroup::name).toList(),
        roles.withIds(roleIds()).stream().map(GrantedRole::name).toList());
  }

  private static String changed(String old, String wanted) {
    if (wanted == null) {
      return old;
    }
    // In the form in which it is searched.
    return wanted.isEmpty() ? null : Normalizer.normalize(wanted, Normalizer.Form.NFC);
  }
}
