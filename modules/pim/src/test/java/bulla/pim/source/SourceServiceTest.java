package bulla.pim.source;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.CommonProblem;
import bulla.keyring.KeyContext;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PlacedKeys;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceServiceTest {
  @TempDir static Path directory;

  private final PlacedKeys keyring = new PlacedKeys();
  private final RecordedChanges changes = new RecordedChanges();
  private final InMemorySources repository = new InMemorySources();
  private final SourceService service =
      new SourceService(
          repository, new SourceFiles(directory), keyring, changes, new References(List.of()));

  @Test
  void whatIsAbsentHasAMeaningThatIsShown() {
    SourceView view = service.create(ldap("ldap", Map.of()));
    assertThat(view.connection())
        .isEqualTo(
            Connections.of(
                Map.ofEntries(
                    Map.entry("host", "ldap.example.com"),
                    Map.entry("port", 389),
                    Map.entry("useTls", true),
                    Map.entry("useSsl", false),
                    Map.entry("userBaseDn", "ou=people,dc=example,dc=com"),
                    Map.entry("userFilter", "(objectClass=inetOrgPerson)"),
                    Map.entry("userAttribute", "uid"),
                    Map.entry("groupBaseDn", "ou=people,dc=example,dc=com"),
                    Map.entry("groupFilter", "(objectClass=groupOfNames)"),
                    Map.entry("groupAttribute", "cn"),
                    Map.entry("groupMemberAttribute", "member"),
                    Map.entry("recursive", true),
                    Map.entry("timeout", 30))));
    assertThat(service.create(ldap("ldaps", Map.of("useSsl", true))).connection())
        .extracting(SourceConnection::port, SourceConnection::useTls)
        .containsExactly(636, false);
  }

  @Test
  void aPasswordIsWrappedInItsPlaceAndNeverShown() {
    SourceView view = service.create(ldap("ldap", account("s3cret!")));
    String shown = new StrictJson(List.of()).write(view);
    assertThat(shown).doesNotContain("s3cret!", "password").contains("cn=reader");
    assertThat(changes.last().after()).isEqualTo(view);
    assertThat(keyring.contexts())
        .containsExactly(new KeyContext("pim", "source/1", 1, "password"));
    assertThat(account("s3cret!").toString()).contains("s3cret!");
    assertThat(ldap("ldap", account("s3cret!")).toString()).doesNotContain("s3cret!");
    assertThat(repository.find(1).orElseThrow().connection().password()).isNull();
    try (SourceDefinition definition = service.pathNamed("1")) {
      assertThat(definition.password()).isEqualTo("s3cret!");
      assertThat(definition.toString()).doesNotContain("s3cret!");
    }
  }

  @Test
  void aChangeKeepsThePasswordWhereItGoesToTheSameAccount() {
    service.create(ldap("ldap", account("s3cret!")));
    service.change(
        "1",
        ldap("renamed", Map.of("bindDn", "cn=reader", "userFilter", "(uid=*)")),
        version -> {});
    assertThat(password()).isEqualTo("s3cret!");
    service.change("1", ldap("renamed", account("another")), version -> {});
    assertThat(password()).isEqualTo("another");
    assertThat(keyring.contexts()).endsWith(new KeyContext("pim", "source/1", 2, "password"));
  }

  @ParameterizedTest
  @CsvSource({"host,evil.example.com", "bindDn,cn=other", "useTls,false", "port,390"})
  void aChangeSendsThePasswordNowhereElse(String member, String value) {
    service.create(ldap("ldap", account("s3cret!")));
    var wanted = new HashMap<String, Object>(Map.of("bindDn", "cn=reader"));
    wanted.put(
        member,
        member.equals("port")
            ? Integer.valueOf(value)
            : member.equals("useTls") ? Boolean.valueOf(value) : value);
    if (member.equals("useTls")) {
      wanted.put("useSsl", true);
    }
    var refused =
        problem(
            CommonProblem.INVALID_VALUE,
            () -> service.change("1", ldap("ldap", wanted), version -> {}));
    assertThat(refused.member()).contains("connection.password");
    assertThat(password()).isEqualTo("s3cret!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"usersQuery", "groupsQuery"})
  void aPasswordIsNotUsedForAnotherQuery(String member) {
    var members = new HashMap<String, Object>(usual(SourceType.DATABASE));
    members.put("groupsQuery", "select team, name from membership");
    service.create(new WriteSource("db", null, SourceType.DATABASE, Connections.of(members)));
    members.remove("password");
    members.put("timeout", 10);
    service.change(
        "1",
        new WriteSource("db", null, SourceType.DATABASE, Connections.of(members)),
        version -> {});
    members.put(member, "select a, b from secrets");
    var refused =
        problem(
            CommonProblem.INVALID_VALUE,
            () ->
                service.change(
                    "1",
                    new WriteSource("db", null, SourceType.DATABASE, Connections.of(members)),
                    version -> {}));
    assertThat(refused.member()).contains("connection.password");
    assertThat(password()).isEqualTo("s3cret!");
  }

  @Test
  void aSourceThatNeedsNoPasswordAnyMoreForgetsIt() {
    service.create(ldap("ldap", account("s3cret!")));
    service.change("1", ldap("ldap", Map.of()), version -> {});
    assertThat(password()).isEmpty();
    assertThat(repository.secrets).isEmpty();
    service.change("1", ldap("ldap", account("again")), version -> {});
    service.delete("1", version -> {});
    assertThat(repository.secrets).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FILE,host,users.example.com,connection.host is not for sources of type FILE",
    "FILE,userFile,,connection.userFile is needed for sources of type FILE",
    "LDAP,userBaseDn,no dn,connection.userBaseDn must be a distinguished name (RFC 4514)",
    "LDAP,userFilter,(uid=,connection.userFilter must be a search filter (RFC 4515)",
    "LDAP,dsn,db,connection.dsn is not for sources of type LDAP",
    "LDAP,host,,connection.host is needed for sources of type LDAP",
    "AD,password,,'connection.password is needed; a stored one is kept only where server, account"
        + " and queries stay as they were'",
    "AD,userName,,connection.userName is needed for sources of type AD",
    "AZURE,clientSecret,,'connection.clientSecret is needed; a stored one is kept only where"
        + " server, account and queries stay as they were'",
    "AZURE,password,x,connection.password is not for sources of type AZURE",
    "DATABASE,usersQuery,delete from users,connection.usersQuery must be one SELECT without a"
        + " semicolon",
    "DATABASE,usersQuery,select a from b; drop table b,connection.usersQuery must be one SELECT"
        + " without a semicolon",
    "DATABASE,vendor,,connection.vendor is needed for sources of type DATABASE"
  })
  void whatATypeCannotHaveIsNamedWithItsRule(
      SourceType type, String member, String value, String told) {
    var members = new HashMap<String, Object>(usual(type));
    members.put(member, value);
    var refused =
        problem(
            CommonProblem.INVALID_VALUE,
            () -> service.create(new WriteSource("one", null, type, Connections.of(members))));
    assertThat(refused.detail()).isEqualTo(told);
    assertThat(refused.member()).contains("connection." + member);
    assertThat(repository.list()).isEmpty();
  }

  @Test
  void onlyTheDriversPropertiesThatAreAllowedCanBeSet() {
    var members = new HashMap<String, Object>(usual(SourceType.DATABASE));
    members.put("properties", Map.of("socketFactory", "evil.Factory"));
    var refused =
        problem(
            CommonProblem.INVALID_VALUE, () -> Connections.complete(SourceType.DATABASE, members));
    assertThat(refused.detail())
        .isEqualTo(
            "connection.properties may have, with POSTGRESQL, only ApplicationName, currentSchema,"
                + " sslmode");
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL,sslmode,require,false",
    "POSTGRESQL,sslmode,prefer,false",
    "POSTGRESQL,sslmode,allow,false",
    "POSTGRESQL,sslmode,verify-full,true",
    "POSTGRESQL,sslmode,DISABLE,true",
    "TERADATA,SSLMODE,PREFER,false",
    "SQLSERVER,encrypt,optional,false",
    "SQLSERVER,trustServerCertificate,true,false",
    "DERBY,ssl,basic,false",
    "DERBY,ssl,off,true"
  })
  void tlsIsVerifiedOrThereIsNone(
      DatabaseVendor vendor, String property, String value, boolean allowed) {
    var members = new HashMap<String, Object>(usual(SourceType.DATABASE));
    members.put("vendor", vendor);
    members.put("properties", Map.of(property, value));
    if (allowed) {
      assertThat(Connections.complete(SourceType.DATABASE, members).properties())
          .containsEntry(property, value);
    } else {
      var refused =
          problem(
              CommonProblem.INVALID_VALUE,
              () -> Connections.complete(SourceType.DATABASE, members));
      assertThat(refused.member()).contains("connection.properties");
      assertThat(refused.detail()).contains(property + " only");
    }
  }

  @Test
  void aPasswordIsNotSentInTheClear() {
    var wanted = new HashMap<String, Object>(account("s3cret!"));
    wanted.put("useTls", false);
    var refused = problem(CommonProblem.INVALID_VALUE, () -> service.create(ldap("ldap", wanted)));
    assertThat(refused.detail())
        .isEqualTo("connection.useTls or useSsl must be true: a password is not sent in the clear");
    service.create(ldap("anonymous", Map.of("useTls", false)));
  }

  @Test
  void whatOthersLeaveNoTimeForIsNotRead() {
    service.create(ldap("ldap", Map.of()));
    var reader = new SourceReader(service, Readings.ofTheInternet());
    var late =
        problem(
            PimProblem.SOURCE_UNAVAILABLE, () -> reader.read(Map.of("1", Set.of()), Duration.ZERO));
    assertThat(late.detail())
        .isEqualTo(
            "Source '1' cannot be read: The reading of others took all the time that there was");
  }

  @Test
  void aTestIsInTheJournalWithItsOutcomesAlone() {
    service.create(ldap("ldap", Map.of()));
    service.tested(
        "1",
        new SourceTestView(
            SourceTestView.TestedStep.passed(),
            SourceTestView.TestedStep.failed("Something that a directory said"),
            SourceTestView.TestedStep.skipped(),
            SourceTestView.TestedStep.skipped()));
    assertThat(changes.records()).endsWith("begin", "TEST sources 1");
    assertThat(changes.details())
        .containsExactly("connection PASSED, authentication FAILED, groups SKIPPED, users SKIPPED");
  }

  private String password() {
    try (SourceDefinition definition = service.pathNamed("1")) {
      return definition.password();
    }
  }

  private static Map<String, Object> account(String password) {
    return Map.of("bindDn", "cn=reader", "password", password);
  }

  private static WriteSource ldap(String name, Map<String, Object> more) {
    var members = new HashMap<String, Object>(usual(SourceType.LDAP));
    members.putAll(more);
    return new WriteSource(name, null, SourceType.LDAP, Connections.of(members));
  }

  /** What a source of this type needs, except for the secret. */
  private static Map<String, Object> usual(SourceType type) {
    return switch (type) {
      case FILE -> Map.of("userFile", "users.txt");
      case LDAP, POSIX ->
          Map.of("host", "ldap.example.com", "userBaseDn", "ou=people,dc=example,dc=com");
      case AD ->
          Map.of("host", "ad.example.com", "baseDn", "dc=example,dc=com", "userName", "reader");
      case AZURE -> Map.of("tenantId", "example.onmicrosoft.com", "clientId", "1234");
      case DATABASE ->
          Map.of(
              "vendor",
              DatabaseVendor.POSTGRESQL,
              "host",
              "db.example.com",
              "dsn",
              "people",
              "userName",
              "reader",
              "password",
              "s3cret!",
              "usersQuery",
              "select name from people");
    };
  }

  private static final class InMemorySources extends InMemoryObjects<MemberSource>
      implements SourceRepository {
    private final Map<Long, SourceSecret> secrets = new HashMap<>();

    InMemorySources() {
      super(ObjectType.SOURCE);
    }

    @Override
    public Optional<SourceSecret> secret(long sourceId) {
      return Optional.ofNullable(secrets.get(sourceId));
    }

    @Override
    public void add(SourceSecret secret) {
      secrets.put(Long.parseLong(secret.context().object().substring("source/".length())), secret);
    }

    @Override
    public void passwordChanged(MemberSource source) {
      assertThat(list()).contains(source);
    }

    @Override
    public void remove(SourceSecret secret) {
      secrets.values().remove(secret);
    }
  }
}
