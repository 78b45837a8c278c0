package bulla.pim.source;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The kinds of member sources. */
public enum SourceType {
  /** A file of users and a file of groups in the server's source directory. */
  FILE(Set.of("userFile"), Set.of("groupFile"), Map.of()),
  /** An LDAP directory whose groups list the distinguished names of their members. */
  LDAP(
      Set.of("host", "userBaseDn"),
      Members.OF_DIRECTORIES,
      Members.directory("inetOrgPerson", "groupOfNames", "member")),
  /**
   * An LDAP directory of accounts as RFC 2307 has them: groups list the names of their members, and
   * those whose primary group they are ({@code gidNumber}) are members, too.
   */
  POSIX(
      Set.of("host", "userBaseDn"),
      Members.OF_DIRECTORIES,
      Members.directory("posixAccount", "posixGroup", "memberUid")),
  /** A Microsoft Active Directory. */
  @JsonAlias("ACTIVE_DIRECTORY")
  AD(
      Set.of("host", "baseDn", "userName"),
      Set.of("port", "useTls", "useSsl", "password", "recursive", "timeout"),
      Map.of("recursive", true, "timeout", Members.SECONDS)),
  /** Microsoft Entra ID (Azure AD), read through Microsoft Graph. */
  AZURE(
      Set.of("tenantId", "clientId"),
      Set.of(
          "clientSecret", "environment", "userAttribute", "groupAttribute", "recursive", "timeout"),
      Map.of(
          "environment",
          AzureEnvironment.GLOBAL,
          "userAttribute",
          "userPrincipalName",
          "groupAttribute",
          "displayName",
          "recursive",
          true,
          "timeout",
          Members.SECONDS)),
  /** Tables of a database, read with two queries. */
  DATABASE(
      Set.of("vendor", "host", "dsn", "userName", "usersQuery"),
      Set.of("port", "password", "groupsQuery", "properties", "timeout"),
      Map.of("timeout", Members.SECONDS));

  // All of these are immutable, which their types do not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> needed;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> optional;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, Object> defaults;

  SourceType(Set<String> needed, Set<String> optional, Map<String, Object> defaults) {
    this.needed = needed;
    this.optional = optional;
    this.defaults = defaults;
  }

  /** The members that a connection of this type must have. */
  Set<String> needed() {
    return needed;
  }

  /** Whether a connection of this type may have the member. */
  boolean knows(String member) {
    return needed.contains(member) || optional.contains(member);
  }

  /** What absent members mean. */
  Map<String, Object> defaults() {
    return defaults;
  }

  /** What several types have in common. */
  private static final class Members {
    static final int SECONDS = 30;
    static final Set<String> OF_DIRECTORIES =
        Set.of(
            "port",
            "useTls",
            "useSsl",
            "bindDn",
            "password",
            "userFilter",
            "userAttribute",
            "groupBaseDn",
            "groupFilter",
            "groupAttribute",
            "groupMemberAttribute",
            "timeout",
            "recursive");

    static Map<String, Object> directory(String users, String groups, String members) {
      var defaults = new HashMap<String, Object>();
      defaults.put("userFilter", "(objectClass=" + users + ")");
      defaults.put("userAttribute", "uid");
      defaults.put("groupFilter", "(objectClass=" + groups + ")");
      defaults.put("groupAttribute", "cn");
      defaults.put("groupMemberAttribute", members);
      defaults.put("recursive", true);
      defaults.put("timeout", SECONDS);
      return Map.copyOf(defaults);
    }
  }
}
