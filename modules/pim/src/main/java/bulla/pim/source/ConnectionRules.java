package bulla.pim.source;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.object.PimProblem;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a connection of each type may be, and what absent members of it mean. */
final class ConnectionRules {
  private static final Pattern QUERY =
      Pattern.compile("\\s*(?:select|with)\\s[^;]*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Set<SourceType> DIRECTORIES =
      Set.of(SourceType.LDAP, SourceType.POSIX, SourceType.AD);

  private ConnectionRules() {}

  /**
   * The connection with what its absent members mean. Whether the secret is there is not looked at.
   *
   * @throws Problem 400 naming the member that is to blame
   */
  static SourceConnection complete(SourceType type, SourceConnection wanted) {
    Map<String, Object> members = ConnectionMembers.of(wanted);
    for (String member : members.keySet()) {
      if (!type.knows(member)) {
        throw invalid(member, "is not for sources of type " + type);
      }
    }
    for (String member : type.needed().stream().sorted().toList()) {
      if (!members.containsKey(member)) {
        throw invalid(member, "is needed for sources of type " + type);
      }
    }
    type.defaults().forEach(members::putIfAbsent);
    if (DIRECTORIES.contains(type)) {
      completeDirectory(members);
    }
    if (type == SourceType.DATABASE) {
      completeDatabase(members, wanted.givenProperties());
    }
    return ConnectionMembers.connection(members);
  }

  private static void completeDirectory(Map<String, Object> members) {
    members.putIfAbsent("useSsl", false);
    boolean ssl = (Boolean) members.get("useSsl");
    members.putIfAbsent("useTls", !ssl);
    boolean tls = (Boolean) members.get("useTls");
    if (ssl && tls) {
      throw invalid("useTls", "must not be true beside useSsl: the connection is TLS already");
    }
    boolean authenticates = members.containsKey("bindDn") || members.containsKey("userName");
    if (!ssl && !tls && authenticates) {
      throw invalid("useTls", "or useSsl must be true: a password is not sent in the clear");
    }
    members.putIfAbsent("port", ssl ? 636 : 389);
    if (members.containsKey("userBaseDn")) {
      members.putIfAbsent("groupBaseDn", members.get("userBaseDn"));
    }
    for (String member : List.of("bindDn", "baseDn", "userBaseDn", "groupBaseDn")) {
      if (members.containsKey(member) && !DN.isValidDN((String) members.get(member))) {
        throw invalid(member, "must be a distinguished name (RFC 4514)");
      }
    }
    for (String member : List.of("userFilter", "groupFilter")) {
      if (members.containsKey(member)) {
        try {
          Filter.create((String) members.get(member));
        } catch (LDAPException malformed) {
          throw invalid(member, "must be a search filter (RFC 4515)");
        }
      }
    }
  }

  private static void completeDatabase(
      Map<String, Object> members, Map<String, String> properties) {
    var vendor = (DatabaseVendor) members.get("vendor");
    for (String member : List.of("usersQuery", "groupsQuery")) {
      if (members.containsKey(member) && !QUERY.matcher((String) members.get(member)).matches()) {
        throw invalid(member, "must be one SELECT without a semicolon");
      }
    }
    members.putIfAbsent("port", vendor.port(properties));
    for (String name : properties.keySet()) {
      if (!vendor.properties().contains(name)) {
        throw invalid(
            "properties",
            "may have, with "
                + vendor
                + ", only "
                + String.join(", ", vendor.properties().stream().sorted().toList()));
      }
      if (!vendor.takes(name, properties.get(name))) {
        throw invalid(
            "properties",
            "may have for "
                + name
                + " only "
                + String.join(", ", vendor.values(name).stream().sorted().toList()));
      }
    }
  }

  /** The name of the member with the secret of this type of source. */
  static String secretMember(SourceType type) {
    return type == SourceType.AZURE ? "clientSecret" : "password";
  }

  /** Whether a complete connection needs a secret. */
  static boolean needsSecret(SourceType type, SourceConnection complete) {
    return type == SourceType.AZURE || complete.bindDn() != null || complete.userName() != null;
  }

  /**
   * Makes sure that there is a secret exactly where one is needed.
   *
   * @param former whether a secret is stored that goes where this connection goes
   * @throws Problem 400 naming the secret's member
   */
  static void requireSecret(SourceType type, SourceConnection complete, boolean former) {
    boolean given = complete.password() != null || complete.clientSecret() != null;
    if (needsSecret(type, complete)) {
      if (!given && !former) {
        throw invalid(
            secretMember(type),
            "is needed; a stored one is kept only where server, account and queries stay as they"
                + " were");
      }
    } else if (given) {
      throw invalid(secretMember(type), "is given without bindDn, the account that has it");
    }
  }

  private static Problem invalid(String member, String rule) {
    String path = "connection." + member;
    return CommonProblem.INVALID_VALUE.because(path + " " + rule, path);
  }

  /** 400: a member of the connection names what cannot be read. */
  static Problem unreadable(UnreadableSourceException unreadable) {
    return PimProblem.INVALID_SOURCE.because(
        unreadable.getMessage(), "connection." + unreadable.member());
  }
}
