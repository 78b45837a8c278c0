package bulla.pim.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.pim.source.SourceTestView.TestedStep;
import bulla.secrets.TrustedAuthorities;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories against a real server, in memory, with StartTLS, with LDAPS, and in the clear. */
class LdapDirectoryTest {
  private static final String PASSWORD = "reader's password";
  private static final int MANY = 2500;

  @TempDir static Path directory;

  private static InMemoryDirectoryServer server;
  private static SSLContext trusting;

  @BeforeAll
  static void aServer() throws Exception {
    SSLContext own = certificate();
    trusting = TrustedAuthorities.configured(Optional.of(directory.resolve("ca.pem")));
    var config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
    config.setSchema(null);
    config.addAdditionalBindCredentials("cn=reader", PASSWORD);
    InetAddress here = InetAddress.getLoopbackAddress();
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig("plain", here, 0, own.getSocketFactory()),
        InMemoryListenerConfig.createLDAPSConfig(
            "tls", here, 0, own.getServerSocketFactory(), own.getSocketFactory()));
    server = new InMemoryDirectoryServer(config);
    server.startListening();
    fill();
  }

  @AfterAll
  static void stop() {
    server.shutDown(true);
  }

  private static SSLContext certificate() throws Exception {
    Path file = directory.resolve("server.p12");
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit");
    assertThat(command.inheritIO().start().waitFor()).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    Files.writeString(
        directory.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("server").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    return new SSLUtil(keys.getKeyManagers(), null).createSSLContext();
  }

  private static void fill() throws Exception {
    server.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
    server.add("dn: ou=people,dc=example,dc=com", "objectClass: organizationalUnit", "ou: people");
    server.add("dn: ou=groups,dc=example,dc=com", "objectClass: organizationalUnit", "ou: groups");
    server.add("dn: ou=many,dc=example,dc=com", "objectClass: organizationalUnit", "ou: many");
    server.add("dn: ou=ad,dc=example,dc=com", "objectClass: organizationalUnit", "ou: ad");
    for (String name : List.of("Anna", "bob", "carol")) {
      server.add(
          "dn: uid=" + name + ",ou=people,dc=example,dc=com",
          "objectClass: inetOrgPerson",
          "objectClass: posixAccount",
          "uid: " + name,
          "cn: " + name,
          "sn: " + name);
    }
    server.add(
        "dn: uid=odd,ou=people,dc=example,dc=com",
        "objectClass: inetOrgPerson",
        "uid: od\u202Ed",
        "cn: odd");
    server.add(
        "dn: cn=staff,ou=groups,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: staff",
        "member: UID=anna, OU=people,DC=example,DC=com",
        "member: cn=inner,ou=groups,dc=example,dc=com",
        "member: uid=stranger,ou=elsewhere,dc=example,dc=com");
    server.add(
        "dn: cn=inner,ou=groups,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: inner",
        "member: uid=bob,ou=people,dc=example,dc=com",
        "member: cn=staff,ou=groups,dc=example,dc=com");
    server.add(
        "dn: cn=posix,ou=groups,dc=example,dc=com",
        "objectClass: posixGroup",
        "cn: posix",
        "memberUid: Anna",
        "memberUid: carol");
    server.add(
        "dn: cn=Outer,ou=ad,dc=example,dc=com", "objectClass: group", "sAMAccountName: Outer");
    server.add(
        "dn: cn=Inner,ou=ad,dc=example,dc=com",
        "objectClass: group",
        "sAMAccountName: Inner",
        "memberOf: cn=Outer,ou=ad,dc=example,dc=com");
    server.add(
        "dn: cn=Ada,ou=ad,dc=example,dc=com",
        "objectClass: user",
        "sAMAccountName: ada",
        "memberOf: CN=outer,OU=ad,DC=example,DC=com");
    server.add(
        "dn: cn=Ben,ou=ad,dc=example,dc=com",
        "objectClass: user",
        "sAMAccountName: ben",
        "memberOf: cn=Inner,ou=ad,dc=example,dc=com");
    server.add(
        "dn: cn=PC1,ou=ad,dc=example,dc=com",
        "objectClass: user",
        "objectClass: computer",
        "sAMAccountName: PC1$",
        "memberOf: cn=Outer,ou=ad,dc=example,dc=com");
    for (int i = 0; i < MANY; i++) {
      server.add(
          "dn: uid=u" + i + ",ou=many,dc=example,dc=com", "objectClass: account", "uid: u" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartTLS", "LDAPS"})
  void aDirectoryIsReadOverTlsWithAPassword(String how) throws Exception {
    SourceDefinition source = ldap(how, Map.of());
    SourceContent content = Readings.here(trusting).read(source, Set.of("STAFF"));
    assertThat(content.user("ANNA")).contains("Anna");
    assertThat(content.user("odd")).isEmpty();
    assertThat(content.group("Staff").orElseThrow()).containsExactlyInAnyOrder("Anna", "bob");
    assertThat(Readings.here(trusting).test(source))
        .isEqualTo(
            new SourceTestView(
                TestedStep.passed(),
                TestedStep.passed(),
                TestedStep.passed(2),
                TestedStep.passed(3)));
  }

  @Test
  void groupsOfGroupsAreLeftOutWhereTheSourceSaysSo() throws Exception {
    SourceContent content =
        Readings.here(trusting).read(ldap("LDAPS", Map.of("recursive", false)), Set.of("staff"));
    assertThat(content.group("staff")).contains(List.of("Anna"));
  }

  @Test
  void posixGroupsListNames() throws Exception {
    var members = new HashMap<>(server("LDAPS"));
    members.put("userBaseDn", "ou=people,dc=example,dc=com");
    members.put("groupBaseDn", "ou=groups,dc=example,dc=com");
    SourceContent content =
        Readings.here(trusting)
            .read(Readings.source(SourceType.POSIX, PASSWORD, members), Set.of("posix"));
    assertThat(content.user("bob")).isPresent();
    assertThat(content.group("posix")).contains(List.of("Anna", "carol"));
  }

  @Test
  void usersOfAnActiveDirectorySayWhichGroupsTheyAreIn() throws Exception {
    var members = new HashMap<>(server("LDAPS"));
    members.remove("bindDn");
    members.put("userName", "cn=reader");
    members.put("baseDn", "ou=ad,dc=example,dc=com");
    SourceDefinition source = Readings.source(SourceType.AD, PASSWORD, members);
    SourceContent content = Readings.here(trusting).read(source, Set.of("outer", "inner"));
    assertThat(content.user("ADA")).contains("ada");
    assertThat(content.user("PC1$")).isEmpty();
    assertThat(content.group("outer").orElseThrow()).containsExactlyInAnyOrder("ada", "ben");
    assertThat(content.group("inner")).contains(List.of("ben"));
  }

  @Test
  void aLargeDirectoryIsReadPageByPage() throws Exception {
    var more =
        Map.<String, Object>of(
            "userBaseDn", "ou=many,dc=example,dc=com", "userFilter", "(objectClass=account)");
    assertThat(Readings.here(trusting).test(ldap("LDAPS", more)).users())
        .isEqualTo(TestedStep.passed(MANY));
  }

  @Test
  void aWrongPasswordFailsTheAuthenticationAndNothingAfterItIsTried() {
    SourceDefinition source = Readings.source(SourceType.LDAP, "wrong", people(server("StartTLS")));
    assertThat(Readings.here(trusting).test(source))
        .isEqualTo(
            new SourceTestView(
                TestedStep.passed(),
                TestedStep.failed("The directory does not accept the account (LDAP result 49)"),
                TestedStep.skipped(),
                TestedStep.skipped()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartTLS", "LDAPS"})
  void aCertificateOfAnotherAuthorityIsNotAccepted(String how) {
    SourceTestView result =
        Readings.here(TrustedAuthorities.configured(Optional.empty())).test(ldap(how, Map.of()));
    assertThat(result.connection().message()).contains("its TLS certificate is not accepted");
    assertThat(result.users()).isEqualTo(TestedStep.skipped());
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartTLS", "LDAPS"})
  void aCertificateOfAnotherHostIsNotAccepted(String how) {
    SourceTestView result = Readings.here(trusting).test(ldap(how, Map.of("host", "127.0.0.1")));
    assertThat(result.connection().status()).isEqualTo(SourceTestView.StepStatus.FAILED);
  }

  @Test
  void aHostOfThisNetworkIsReadOnlyWhereTheOperatorNamesIt() {
    SourceTestView result = Readings.ofTheInternet().test(ldap("LDAPS", Map.of()));
    assertThat(result.connection().message())
        .isEqualTo(
            "The host has an address that is not public; the setting BULLA_SOURCE_NETWORKS names"
                + " the networks that are allowed besides");
  }

  @Test
  void aSearchThatFailsIsToldByItsStep() {
    SourceTestView result =
        Readings.here(trusting)
            .test(ldap("LDAPS", Map.of("groupBaseDn", "ou=nowhere,dc=example,dc=com")));
    assertThat(result.groups())
        .isEqualTo(TestedStep.failed("The directory does not answer the search (LDAP result 32)"));
    assertThat(result.users()).isEqualTo(TestedStep.passed(3));
  }

  @Test
  void anonymousReadingMayBeInTheClear() {
    var members = people(server("StartTLS"));
    members.remove("bindDn");
    members.put("useTls", false);
    assertThat(Readings.here(trusting).test(Readings.source(SourceType.LDAP, "", members)).users())
        .isEqualTo(TestedStep.passed(3));
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SourceDefinition source =
          ldap("StartTLS", Map.of("port", silent.getLocalPort(), "timeout", 1));
      long begin = System.nanoTime();
      assertThatThrownBy(() -> Readings.here(trusting).read(source, Set.of()))
          .isInstanceOf(UnreadableSourceException.class)
          .hasMessageContaining("It takes longer than 1 seconds");
      assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(5000);
    }
  }

  @Test
  void onlySoManySourcesAreReadAtOnce() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SourceReading reading = Readings.here(trusting);
      List<Thread> readers = new ArrayList<>();
      List<String> told = java.util.Collections.synchronizedList(new ArrayList<>());
      IntStream.range(0, 12)
          .forEach(
              i -> {
                var reader =
                    new Thread(
                        () ->
                            told.add(
                                reading
                                    .test(
                                        ldap(
                                            "StartTLS",
                                            Map.of("port", silent.getLocalPort(), "timeout", 2)))
                                    .connection()
                                    .message()));
                reader.start();
                readers.add(reader);
              });
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(told)
          .filteredOn("The server is reading other sources; try again"::equals)
          .hasSize(4);
    }
  }

  private static SourceDefinition ldap(String how, Map<String, Object> more) {
    var members = people(server(how));
    members.putAll(more);
    return Readings.source(SourceType.LDAP, PASSWORD, members);
  }

  private static Map<String, Object> people(Map<String, Object> server) {
    var members = new HashMap<>(server);
    members.put("userBaseDn", "ou=people,dc=example,dc=com");
    members.put("groupBaseDn", "ou=groups,dc=example,dc=com");
    return members;
  }

  private static Map<String, Object> server(String how) {
    boolean ldaps = how.equals("LDAPS");
    return Map.of(
        "host",
        "localhost",
        "port",
        server.getListenPort(ldaps ? "tls" : "plain"),
        ldaps ? "useSsl" : "useTls",
        true,
        "bindDn",
        "cn=reader");
  }
}
