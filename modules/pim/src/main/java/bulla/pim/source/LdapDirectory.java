package bulla.pim.source;

import bulla.commonops.outbound.HostLookup;
import bulla.commonops.outbound.RefusedHostException;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.NameResolver;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Reads LDAP directories (RFC 4511), in pages (RFC 2696), without following referrals to other
 * servers. A directory of any type is made the same: users with their names, groups with their
 * members; what differs is how an entry says who is a member of what.
 */
final class LdapDirectory implements MemberDirectory {
  private static final int PAGE = 1000;
  private static final int LARGEST_MESSAGE = 16 << 20;

  /** How many bytes of a security identifier say which object of its domain it is. */
  private static final int SID_TAIL = 4;

  /** How entries tell memberships. */
  enum Style {
    /** Groups list the distinguished names of users and groups. */
    MEMBER_DN("", ""),
    /** Groups list the names of users, but of those whose primary group they are (RFC 2307). */
    MEMBER_NAME("gidNumber", "gidNumber"),
    /**
     * Users and groups list the distinguished names of the groups that they are in, but users not
     * that of their primary group.
     */
    MEMBER_OF("primaryGroupID", "primaryGroupToken");

    private final String primaryOfUser;
    private final String primaryOfGroup;

    /**
     * @param primaryOfUser the attribute with the number of a user's primary group; empty for none
     * @param primaryOfGroup the attribute with that number of a group
     */
    Style(String primaryOfUser, String primaryOfGroup) {
      this.primaryOfUser = primaryOfUser;
      this.primaryOfGroup = primaryOfGroup;
    }
  }

  private final Style style;
  private final HostLookup hosts;
  private final NamedTls tls;

  LdapDirectory(Style style, HostLookup hosts, SSLContext tls) {
    this.style = style;
    this.hosts = hosts;
    this.tls = new NamedTls(tls);
  }

  @Override
  public OpenDirectory open(SourceConnection source, String secret, Deadline deadline)
      throws UnreadableSourceException {
    LDAPConnection connection = connect(source, deadline);
    try {
      authenticate(connection, source, secret, deadline);
      return style == Style.MEMBER_OF
          ? new Open(connection, deadline, ActiveDirectory.entries(source), source.recursive())
          : new Open(connection, deadline, Entries.of(source), source.recursive());
    } catch (UnreadableSourceException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private LDAPConnection connect(SourceConnection source, Deadline deadline)
      throws UnreadableSourceException {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(deadline.leftMillis());
    options.setResponseTimeoutMillis(deadline.leftMillis());
    options.setMaxMessageSize(LARGEST_MESSAGE);
    options.setFollowReferrals(false);
    options.setUseSynchronousMode(true);
    options.setNameResolver(new CheckedNames(resolved(source.host(), deadline)));
    try {
      var connection =
          new LDAPConnection(
              new LdapSockets(source, tls, deadline), options, source.host(), source.port());
      if (source.useTls()) {
        startTls(connection);
      }
      return connection;
    } catch (LDAPException refused) {
      deadline.require(SourceStep.CONNECTION);
      throw new UnreadableSourceException(
          SourceStep.CONNECTION,
          "No connection to the host and port"
              + (source.useSsl() || source.useTls()
                  ? ", or its TLS certificate is not accepted"
                  : "")
              + told(refused));
    }
  }

  private void startTls(LDAPConnection connection) throws LDAPException {
    try {
      ExtendedResult result = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
      if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
        throw new LDAPException(result);
      }
    } catch (LDAPException refused) {
      connection.close();
      throw refused;
    }
  }

  private List<InetAddress> resolved(String host, Deadline deadline)
      throws UnreadableSourceException {
    try {
      return hosts.addresses(host, deadline.left());
    } catch (RefusedHostException refused) {
      throw RefusedHosts.told(refused, deadline);
    }
  }

  private static void authenticate(
      LDAPConnection connection, SourceConnection source, String secret, Deadline deadline)
      throws UnreadableSourceException {
    String account = source.bindDn() == null ? source.userName() : source.bindDn();
    if (account == null) {
      return;
    }
    deadline.require(SourceStep.AUTHENTICATION);
    try {
      var request = new SimpleBindRequest(account, secret);
      request.setResponseTimeoutMillis(deadline.leftMillis());
      connection.bind(request);
    } catch (LDAPException refused) {
      deadline.require(SourceStep.AUTHENTICATION);
      throw new UnreadableSourceException(
          SourceStep.AUTHENTICATION, "The directory does not accept the account" + told(refused));
    }
  }

  /** The result code, and never the text of the directory. */
  private static String told(LDAPException refused) {
    return " (LDAP result " + refused.getResultCode().intValue() + ")";
  }

  /**
   * Which entries are users and groups.
   *
   * @param member the attribute that says who is a member of what
   */
  record Entries(
      String userBase,
      String userFilter,
      String userName,
      String groupBase,
      String groupFilter,
      String groupName,
      String member) {
    static Entries of(SourceConnection source) {
      return new Entries(
          source.userBaseDn(),
          source.userFilter(),
          source.userAttribute(),
          source.groupBaseDn(),
          source.groupFilter(),
          source.groupAttribute(),
          source.groupMemberAttribute());
    }
  }

  /** What Active Directory calls users and groups. */
  private static final class ActiveDirectory {
    /** Computers are users, too. */
    static final String USERS = "(&(objectClass=user)(!(objectClass=computer)))";

    static Entries entries(SourceConnection source) {
      return new Entries(
          source.baseDn(),
          USERS,
          "sAMAccountName",
          source.baseDn(),
          "(objectClass=group)",
          "sAMAccountName",
          "memberOf");
    }
  }

  /** Hands out the addresses that were checked, instead of looking the name up again. */
  private static final class CheckedNames extends NameResolver {
    private final List<InetAddress> addresses;

    CheckedNames(List<InetAddress> addresses) {
      this.addresses = addresses;
    }

    @Override
    public InetAddress getByName(String host) {
      return addresses.get(0);
    }

    @Override
    public InetAddress[] getAllByName(String host) {
      return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public void toString(StringBuilder text) {
      text.append("CheckedNames");
    }
  }

  private final class Open implements OpenDirectory {
    private final LDAPConnection connection;
    private final Deadline deadline;
    private final Entries entries;
    private final boolean recursive;

    /** The names of users by their normalised distinguished names. */
    private Map<String, String> userNames;

    private final Map<String, List<String>> groupsOfUsers = new HashMap<>();

    /** What {@link #primary} says of users. */
    private final Map<String, String> primaryGroups = new HashMap<>();

    /** The normalised forms of the names that memberships repeat, each kept once. */
    private final Map<String, String> normalised = new HashMap<>();

    Open(LDAPConnection connection, Deadline deadline, Entries entries, boolean recursive) {
      this.connection = connection;
      this.deadline = deadline;
      this.entries = entries;
      this.recursive = recursive;
    }

    @Override
    public List<String> users() throws UnreadableSourceException {
      return List.copyOf(new HashSet<>(userNames().values()));
    }

    @Override
    public List<SourceGroup> groups(Predicate<String> wanted) throws UnreadableSourceException {
      Map<String, String> users = userNames();
      var groups = new Groups();
      Set<String> ids = new HashSet<>();
      Map<String, List<String>> groupsByNumber = new HashMap<>();
      Map<String, List<String>> others = new LinkedHashMap<>();
      search(
          SourceStep.GROUPS,
          entries.groupBase(),
          entries.groupFilter(),
          entries.groupName(),
          entry -> {
            String id = normalised(entry.getDN());
            String name = entry.getAttributeValue(entries.groupName());
            if (MemberNames.isUsable(name)) {
              groups.add(id, name);
              ids.add(id);
              primary(entry, style.primaryOfGroup)
                  .ifPresent(
                      number ->
                          groupsByNumber
                              .computeIfAbsent(number, any -> new ArrayList<>(1))
                              .add(id));
            }
            for (String member : values(SourceStep.GROUPS, entry)) {
              join(groups, id, member, users, others);
            }
          });
      for (var inner : others.entrySet()) {
        for (String other : inner.getValue()) {
          if (ids.contains(other)) {
            groups.addGroup(inner.getKey(), other);
          }
        }
      }
      for (var user : primaryGroups.entrySet()) {
        for (String group : groupsByNumber.getOrDefault(user.getValue(), List.of())) {
          groups.addUser(group, users.get(user.getKey()));
        }
      }
      for (var user : groupsOfUsers.entrySet()) {
        for (String group : user.getValue()) {
          groups.addUser(group, users.get(user.getKey()));
        }
      }
      return groups.list(recursive, wanted);
    }

    /**
     * @param others takes what may be a group that has not been read yet
     */
    private void join(
        Groups groups,
        String group,
        String member,
        Map<String, String> users,
        Map<String, List<String>> others)
        throws UnreadableSourceException {
      if (style == Style.MEMBER_NAME) {
        if (MemberNames.isUsable(member)) {
          groups.addUser(group, member);
        }
        return;
      }
      String other = shared(member);
      if (style == Style.MEMBER_OF) {
        groups.addGroup(other, group);
      } else if (users.containsKey(other)) {
        groups.addUser(group, users.get(other));
      } else {
        others.computeIfAbsent(group, any -> new ArrayList<>()).add(other);
      }
    }

    private Map<String, String> userNames() throws UnreadableSourceException {
      if (userNames == null) {
        var names = new HashMap<String, String>();
        search(
            SourceStep.USERS,
            entries.userBase(),
            entries.userFilter(),
            entries.userName(),
            entry -> {
              String name = entry.getAttributeValue(entries.userName());
              if (MemberNames.isUsable(name)) {
                String id = normalised(entry.getDN());
                names.put(id, name);
                primary(entry, style.primaryOfUser)
                    .ifPresent(group -> primaryGroups.put(id, group));
                if (style == Style.MEMBER_OF) {
                  groupsOfUsers.put(
                      id, values(SourceStep.USERS, entry).stream().map(this::shared).toList());
                }
              }
            });
        userNames = names;
      }
      return userNames;
    }

    /**
     * The primary group of a user, or that a group is: its number in the directory (RFC 2307), or
     * among all domains of an Active Directory, where the number follows what the security
     * identifier of both begins with ([MS-DTYP] section 2.4.2, [MS-ADTS] section 3.1.1.4.5.11).
     *
     * @param number the attribute with the number; empty where there are no primary groups
     */
    private Optional<String> primary(SearchResultEntry entry, String number) {
      if (style != Style.MEMBER_OF) {
        return number.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(entry.getAttributeValue(number));
      }
      byte[] sid = entry.getAttributeValueBytes("objectSid");
      String value = entry.getAttributeValue(number);
      return sid == null || sid.length < SID_TAIL || value == null
          ? Optional.empty()
          : Optional.of(HexFormat.of().formatHex(sid, 0, sid.length - SID_TAIL) + value);
    }

    /**
     * What an entry says about memberships.
     *
     * @throws UnreadableSourceException where the directory sends a part of it alone
     */
    private List<String> values(SourceStep step, SearchResultEntry entry)
        throws UnreadableSourceException {
      // First: Active Directory sends the attribute itself as well then, without any value.
      String part = entries.member() + ";range=";
      for (Attribute attribute : entry.getAttributes()) {
        if (attribute.getName().regionMatches(true, 0, part, 0, part.length())) {
          throw new UnreadableSourceException(
              step,
              style == Style.MEMBER_OF
                  ? "The directory sends the groups of an entry in parts: it is in too many"
                  : "The directory sends the members of a group in parts, as Active Directory does;"
                      + " use the type AD");
        }
      }
      String[] values = entry.getAttributeValues(entries.member());
      return values == null ? List.of() : List.of(values);
    }

    private String shared(String dn) {
      return normalised.computeIfAbsent(dn, LdapDirectory::normalised);
    }

    private String[] attributes(String name) {
      return switch (style) {
        case MEMBER_DN -> new String[] {name, entries.member()};
        case MEMBER_NAME -> new String[] {name, entries.member(), style.primaryOfUser};
        case MEMBER_OF ->
            new String[] {
              name, entries.member(), "objectSid", style.primaryOfUser, style.primaryOfGroup
            };
      };
    }

    private void search(SourceStep step, String base, String filter, String name, Each each)
        throws UnreadableSourceException {
      var entriesFound = new Found(connection, step, each);
      ASN1OctetString cookie = null;
      try {
        do {
          deadline.require(step);
          var request =
              new SearchRequest(
                  entriesFound,
                  base,
                  SearchScope.SUB,
                  DereferencePolicy.NEVER,
                  0,
                  deadline.leftSeconds(),
                  false,
                  Filter.create(filter),
                  attributes(name));
          request.setResponseTimeoutMillis(deadline.leftMillis());
          request.addControl(new SimplePagedResultsControl(PAGE, cookie));
          SearchResult page = connection.search(request);
          entriesFound.require();
          SimplePagedResultsControl more = SimplePagedResultsControl.get(page);
          cookie = more != null && more.moreResultsToReturn() ? more.getCookie() : null;
        } while (cookie != null);
      } catch (LDAPException refused) {
        entriesFound.require();
        deadline.require(step);
        throw new UnreadableSourceException(
            step, "The directory does not answer the search" + told(refused));
      }
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /** Takes one entry. */
  private interface Each {
    void take(SearchResultEntry entry) throws UnreadableSourceException;
  }

  /**
   * Hands entries on as they come, so that none of them is kept, and hangs up where there are too
   * many, whatever size of page was asked for.
   */
  private static final class Found implements SearchResultListener {
    private static final long serialVersionUID = 1L;

    private final transient LDAPConnection connection;
    private final transient Each each;
    private final SourceStep step;
    private int count;
    private UnreadableSourceException refused;

    Found(LDAPConnection connection, SourceStep step, Each each) {
      this.connection = connection;
      this.step = step;
      this.each = each;
    }

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      if (refused != null) {
        return;
      }
      try {
        MemberNames.requireFew(step, ++count);
        each.take(entry);
      } catch (UnreadableSourceException tooMany) {
        refused = tooMany;
        connection.closeWithoutUnbind();
      }
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
      // Entries on other servers are none of this directory's.
    }

    void require() throws UnreadableSourceException {
      if (refused != null) {
        throw refused;
      }
    }
  }

  /** What is no distinguished name is nobody's. */
  private static String normalised(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException malformed) {
      return "";
    }
  }
}
