package bulla.pim.source;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.Problem;
import bulla.pim.object.PimProblem;
import bulla.pim.source.SourceTestView.TestedStep;
import bulla.secrets.TrustedAuthorities;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.util.ssl.SSLUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories against a real server, in memory, with StartTLS, with LDAPS, and in the clear. */
class LdapDirectoryTest {
  private static final String PASSWORD = "reader's password";
  private static final int MANY = 2500;

  @TempDir static Path directory;

  private static final CountDownLatch END = new CountDownLatch(1);

  private static InMemoryDirectoryServer server;
  private static SSLContext trusting;

  @BeforeAll
  static void aServer() throws Exception {
    SSLContext own = certificate();
    trusting = TrustedAuthorities.configured("BULLA_SOURCE_CA_FILE", directory.resolve("ca.pem"));
    var config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
    config.setSchema(null);
    config.addAdditionalBindCredentials("cn=reader", PASSWORD);
    InetAddress here = InetAddress.getLoopbackAddress();
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig("plain", here, 0, own.getSocketFactory()),
        InMemoryListenerConfig.createLDAPSConfig(
            "tls", here, 0, own.getServerSocketFactory(), own.getSocketFactory()));
    config.addInMemoryOperationInterceptor(new PartsBesideNothing());
    config.addInMemoryOperationInterceptor(new Hanging());
    server = new InMemoryDirectoryServer(config);
    server.startListening();
    fill();
  }

  /**
   * Sends the attribute without any value beside a part of its values, as Active Directory does.
   */
  private static final class PartsBesideNothing extends InMemoryOperationInterceptor {
    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry sent) {
      List<Attribute> attributes = new ArrayList<>(sent.getSearchEntry().getAttributes());
      for (Attribute part : List.copyOf(attributes)) {
        int range = part.getName().indexOf(";range=");
        if (range > 0) {
          attributes.add(0, new Attribute(part.getName().substring(0, range)));
        }
      }
      sent.setSearchEntry(new ReadOnlyEntry(sent.getSearchEntry().getDN(), attributes));
    }
  }

  /** Never answers what has to do with {@code hung}. */
  private static final class Hanging extends InMemoryOperationInterceptor {
    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest asked) {
      hangIf(asked.getRequest().getBaseDN());
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest asked) {
      hangIf(asked.getRequest().getBindDN());
    }

    private static void hangIf(String dn) {
      if (dn.contains("hung")) {
        try {
          END.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    END.countDown();
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
    server.add("dn: ou=twins,dc=example,dc=com", "objectClass: organizationalUnit", "ou: twins");
    server.add(
        "dn: ou=east,ou=twins,dc=example,dc=com", "objectClass: organizationalUnit", "ou: east");
    server.add(
        "dn: cn=twin,ou=twins,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: twin",
        "member: uid=anna,ou=people,dc=example,dc=com");
    server.add(
        "dn: cn=Twin,ou=east,ou=twins,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: Twin",
        "member: uid=bob,ou=people,dc=example,dc=com");
    server.add("dn: ou=forest,dc=example,dc=com", "objectClass: organizationalUnit", "ou: forest");
    server.add(
        "dn: cn=everybody,ou=forest,dc=example,dc=com",
        "objectClass: group",
        "sAMAccountName: everybody",
        sid(1, 1100),
        "primaryGroupToken: 1100");
    domain("east", 1, "eve", "emil");
    domain("west", 2, "walt");
    server.modify(
        "dn: cn=west users,ou=west,ou=forest,dc=example,dc=com",
        "changetype: modify",
        "delete: memberOf");
    server.add("dn: ou=unix,dc=example,dc=com", "objectClass: organizationalUnit", "ou: unix");
    posixGroup("own", 1000);
    posixGroup("users", 100, "una", "udo");
    posixGroup("guests", 100);
    posixAccount("una", 1000);
    posixAccount("ulf", 100);
    posixAccount("udo", 100);
    server.add("dn: ou=parts,dc=example,dc=com", "objectClass: organizationalUnit", "ou: parts");
    server.add(
        "dn: cn=large,ou=parts,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: large",
        "member;range=0-1: uid=anna,ou=people,dc=example,dc=com",
        "member;range=0-1: uid=bob,ou=people,dc=example,dc=com");
    server.add(
        "dn: cn=Busy,ou=parts,dc=example,dc=com",
        "objectClass: user",
        "sAMAccountName: busy",
        "memberOf;range=0-0: cn=large,ou=parts,dc=example,dc=com");
    for (int i = 0; i < MANY; i++) {
      server.add(
          "dn: uid=u" + i + ",ou=many,dc=example,dc=com", "objectClass: account", "uid: u" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartTLS", "LDAPS"})
  void aDirectoryIsReadOverTlsWithAPassword(String how) throws Exception {
    SourceDefinition source = ldap(how, Map.of());
    SourceContent content =
        Readings.here(trusting).read(source, Set.of("STAFF"), Readings.PATIENCE);
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
        Readings.here(trusting)
            .read(ldap("LDAPS", Map.of("recursive", false)), Set.of("staff"), Readings.PATIENCE);
    assertThat(content.group("staff")).contains(List.of("Anna"));
  }

  @Test
  void groupsOfTheSameNameAreNotOne() throws Exception {
    SourceDefinition source = ldap("LDAPS", Map.of("groupBaseDn", "ou=twins,dc=example,dc=com"));
    SourceContent content = Readings.here(trusting).read(source, Set.of("twin"), Readings.PATIENCE);
    problem(PimProblem.SOURCE_UNAVAILABLE, () -> content.group("twin"));
    SourceTestView.TestedStep groups = Readings.here(trusting).test(source).groups();
    assertThat(groups.status()).isEqualTo(SourceTestView.StepStatus.PASSED);
    assertThat(groups.message()).contains("several groups of the name 'twin'");
  }

  @Test
  void posixGroupsListNames() throws Exception {
    var members = new HashMap<>(server("LDAPS"));
    members.put("userBaseDn", "ou=people,dc=example,dc=com");
    members.put("groupBaseDn", "ou=groups,dc=example,dc=com");
    SourceContent content =
        Readings.here(trusting)
            .read(
                Readings.source(SourceType.POSIX, PASSWORD, members),
                Set.of("posix"),
                Readings.PATIENCE);
    assertThat(content.user("bob")).isPresent();
    assertThat(content.group("posix")).contains(List.of("Anna", "carol"));
  }

  /** Whom the group does not list; several groups may have the same number. */
  @Test
  void accountsAreInTheirPrimaryGroup() throws Exception {
    var members = new HashMap<>(server("LDAPS"));
    members.put("userBaseDn", "ou=unix,dc=example,dc=com");
    SourceContent content =
        Readings.here(trusting)
            .read(
                Readings.source(SourceType.POSIX, PASSWORD, members),
                Set.of("own", "users", "guests"),
                Readings.PATIENCE);
    assertThat(content.group("own")).contains(List.of("una"));
    assertThat(content.group("users").orElseThrow()).containsExactlyInAnyOrder("ulf", "una", "udo");
    assertThat(content.group("guests").orElseThrow()).containsExactlyInAnyOrder("ulf", "udo");
  }

  @Test
  void usersOfAnActiveDirectorySayWhichGroupsTheyAreIn() throws Exception {
    SourceDefinition source = activeDirectory("ou=ad,dc=example,dc=com");
    SourceContent content =
        Readings.here(trusting).read(source, Set.of("outer", "inner"), Readings.PATIENCE);
    assertThat(content.user("ADA")).contains("ada");
    assertThat(content.user("PC1$")).isEmpty();
    assertThat(content.group("outer").orElseThrow()).containsExactlyInAnyOrder("ada", "ben");
    assertThat(content.group("inner")).contains(List.of("ben"));
  }

  /** Whose memberOf leaves the primary group out; its number is the same in every domain. */
  @Test
  void usersOfAnActiveDirectoryAreInTheirPrimaryGroup() throws Exception {
    SourceContent content =
        Readings.here(trusting)
            .read(
                activeDirectory("ou=forest,dc=example,dc=com"),
                Set.of("east users", "west users", "everybody"),
                Readings.PATIENCE);
    assertThat(content.group("east users").orElseThrow()).containsExactlyInAnyOrder("eve", "emil");
    assertThat(content.group("west users")).contains(List.of("walt"));
    assertThat(content.group("everybody").orElseThrow()).containsExactlyInAnyOrder("eve", "emil");
  }

  @ParameterizedTest
  @CsvSource({
    "LDAP,groups,The directory sends the members of a group in parts",
    "AD,users,The directory sends the groups of an entry in parts"
  })
  void partsOfMembershipsAreNotTakenForAll(SourceType type, String step, String told) {
    String base = "ou=parts,dc=example,dc=com";
    SourceDefinition source =
        type == SourceType.AD
            ? activeDirectory(base)
            : ldap("LDAPS", Map.of("userBaseDn", base, "groupBaseDn", base));
    assertThatThrownBy(
            () -> Readings.here(trusting).read(source, Set.of("large"), Readings.PATIENCE))
        .isInstanceOf(UnreadableSourceException.class)
        .hasMessageStartingWith(told);
    SourceTestView result = Readings.here(trusting).test(source);
    assertThat(step.equals("users") ? result.users() : result.groups())
        .extracting(TestedStep::status)
        .isEqualTo(SourceTestView.StepStatus.FAILED);
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
    SourceTestView result = Readings.here(TrustedAuthorities.ofJava()).test(ldap(how, Map.of()));
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
    SourceTestView noUsers =
        Readings.here(trusting)
            .test(ldap("LDAPS", Map.of("userBaseDn", "ou=nowhere,dc=example,dc=com")));
    assertThat(noUsers.groups()).isEqualTo(TestedStep.skipped());
    assertThat(noUsers.users())
        .isEqualTo(TestedStep.failed("The directory does not answer the search (LDAP result 32)"));
  }

  /** Users are read first, because groups have them as members. */
  @Test
  void aStepThatHangsIsToldByItsName() {
    String hung = "ou=hung,dc=example,dc=com";
    TestedStep passed = TestedStep.passed();
    TestedStep late = TestedStep.failed("It takes longer than 2 seconds");
    TestedStep skipped = TestedStep.skipped();
    var expected =
        Map.of(
            hanging("bindDn", "cn=hung"),
            new SourceTestView(passed, late, skipped, skipped),
            hanging("groupBaseDn", hung),
            new SourceTestView(passed, passed, late, skipped),
            hanging("userBaseDn", hung),
            new SourceTestView(passed, passed, skipped, late));
    SourceReading reading = Readings.here(trusting);
    assertThat(
            expected.keySet().parallelStream()
                .collect(Collectors.toMap(Function.identity(), reading::test)))
        .isEqualTo(expected);
  }

  private static SourceDefinition hanging(String member, String dn) {
    var members = people(server("LDAPS"));
    // Long enough for whatever comes before it on a busy machine.
    members.put("timeout", 2);
    members.put(member, dn);
    return Readings.source(SourceType.LDAP, PASSWORD, members);
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
      assertThatThrownBy(() -> Readings.here(trusting).read(source, Set.of(), Readings.PATIENCE))
          .isInstanceOf(UnreadableSourceException.class)
          .hasMessageContaining("It takes longer than 1 seconds");
      assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(5000);
    }
  }

  @Test
  void aReadingEndsWithTheTimeThatIsLeftForAll() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SourceDefinition source =
          ldap("StartTLS", Map.of("port", silent.getLocalPort(), "timeout", 60));
      assertThatThrownBy(
              () -> Readings.here(trusting).read(source, Set.of(), Duration.ofSeconds(1)))
          .isInstanceOf(UnreadableSourceException.class)
          .hasMessageContaining("It takes longer than 1 seconds");
    }
  }

  @Test
  void whoeverComesWhileTooManySourcesAreReadWaitsForHisTurn() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SourceDefinition source =
          ldap("StartTLS", Map.of("port", silent.getLocalPort(), "timeout", 1));
      assertThat(atOnce(Readings.here(trusting), Collections.nCopies(12, source)))
          .hasSize(12)
          .allMatch("It takes longer than 1 seconds"::equals);
    }
  }

  @Test
  void whoeverWaitsTooLongIsToldToComeBack() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SourceDefinition source =
          ldap("StartTLS", Map.of("port", silent.getLocalPort(), "timeout", 2));
      List<String> told = atOnce(Readings.impatient(trusting), Collections.nCopies(12, source));
      assertThat(told).filteredOn("It takes longer than 2 seconds"::equals).hasSize(8);
      assertThat(told).filteredOn("503, again in 5 s"::equals).hasSize(4);
    }
  }

  /** What came of the connections when all of these were tested at the same time. */
  private static List<String> atOnce(SourceReading reading, List<SourceDefinition> sources)
      throws InterruptedException {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    List<Thread> readers = new ArrayList<>();
    for (SourceDefinition source : sources) {
      var reader =
          new Thread(
              () -> {
                try {
                  told.add(reading.test(source).connection().message());
                } catch (Problem busy) {
                  told.add(busy.type().status() + ", again in " + busy.retryAfterSeconds() + " s");
                }
              });
      reader.start();
      readers.add(reader);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return told;
  }

  @Test
  void aServerThatDripsIsHungUpOnInTime() throws Exception {
    var entry = new ByteArrayOutputStream();
    entry(1, 1 << 20).writeTo(entry);
    try (var server =
        new FloodingServer(
            out -> {
              for (byte one : entry.toByteArray()) {
                out.write(one);
                Thread.sleep(50);
              }
            })) {
      assertThatThrownBy(
              () -> Readings.here(trusting).read(flooded(server, 1), Set.of(), Readings.PATIENCE))
          .isInstanceOf(UnreadableSourceException.class)
          .hasMessage("It takes longer than 1 seconds");
      assertThat(server.isHungUpOn()).isTrue();
    }
  }

  @Test
  void aServerThatSendsWithoutEndIsHungUpOn() throws Exception {
    byte[] bytes = entry(1, 8 << 20).toByteArray();
    try (var server =
        new FloodingServer(
            out -> {
              while (true) {
                out.write(bytes);
              }
            })) {
      assertThatThrownBy(
              () -> Readings.here(trusting).read(flooded(server, 60), Set.of(), Readings.PATIENCE))
          .isInstanceOf(UnreadableSourceException.class)
          .hasMessage("It sends more than 256 MB");
      assertThat(server.isHungUpOn()).isTrue();
    }
  }

  private static SourceDefinition flooded(FloodingServer server, int seconds) {
    var members = new HashMap<String, Object>();
    members.put("host", "localhost");
    members.put("port", server.port());
    members.put("useTls", false);
    members.put("userBaseDn", "dc=example,dc=com");
    members.put("timeout", seconds);
    return Readings.source(SourceType.LDAP, "", members);
  }

  /** One message with an entry (RFC 4511 section 4.5.2) of about so many bytes. */
  private static ByteArrayOutputStream entry(int message, int length) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(
        new LDAPMessage(
                message,
                new SearchResultEntryProtocolOp(
                    "uid=u,dc=example,dc=com", List.of(new Attribute("uid", "u".repeat(length)))))
            .encode()
            .encode());
    return bytes;
  }

  /** Answers a first request with whatever a test says, until the other side hangs up. */
  private static final class FloodingServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread thread;

    FloodingServer(Flood flood) throws IOException {
      thread =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  assertThat(client.getInputStream().read()).isNotNegative();
                  flood.into(client.getOutputStream());
                } catch (IOException hungUp) {
                  // That is what a test waits for.
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    boolean isHungUpOn() throws InterruptedException {
      thread.join(5000);
      return !thread.isAlive();
    }

    @Override
    public void close() throws IOException {
      thread.interrupt();
      server.close();
    }
  }

  /** What a server sends. */
  private interface Flood {
    void into(OutputStream out) throws IOException, InterruptedException;
  }

  @Test
  void hungDatabasesKeepNobodyFromReadingADirectory() throws Exception {
    SourceReading reading = Readings.here(trusting);
    List<SourceDefinition> hung;
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      hung = IntStream.range(0, 9).mapToObj(uid -> database(uid, silent.getLocalPort())).toList();
      assertThat(atOnce(reading, hung)).allMatch("It takes longer than 1 seconds"::equals);
      for (SourceDefinition source : hung) {
        assertThat(reading.test(source).connection().message())
            .isEqualTo("An earlier reading of it has not come to its end yet");
      }
      assertThat(reading.test(ldap("LDAPS", Map.of())).users()).isEqualTo(TestedStep.passed(3));
    }
    // The server is gone, and so is whoever waited for it.
    String told = "";
    for (int i = 0; i < 50 && !told.startsWith("No connection"); i++) {
      Thread.sleep(100);
      told = reading.test(hung.get(0)).connection().message();
    }
    assertThat(told).startsWith("No connection to the database");
  }

  private static SourceDefinition database(int uid, int port) {
    return Readings.source(
        Integer.toString(uid),
        SourceType.DATABASE,
        PASSWORD,
        Map.of(
            "vendor",
            DatabaseVendor.DERBY,
            "host",
            "localhost",
            "port",
            port,
            "dsn",
            "people",
            "userName",
            "reader",
            "usersQuery",
            "select name from person",
            "timeout",
            1));
  }

  private static SourceDefinition activeDirectory(String baseDn) {
    var members = new HashMap<>(server("LDAPS"));
    members.remove("bindDn");
    members.put("userName", "cn=reader");
    members.put("baseDn", baseDn);
    return Readings.source(SourceType.AD, PASSWORD, members);
  }

  /**
   * The security identifier ([MS-DTYP] section 2.4.2) of an object of a domain, in an LDIF line.
   */
  private static String sid(int domain, int number) {
    var sid = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    sid.put(new byte[] {1, 5, 0, 0, 0, 0, 0, 5});
    sid.putInt(21).putInt(domain).putInt(2).putInt(3).putInt(number);
    return "objectSid:: " + Base64.getEncoder().encodeToString(sid.array());
  }

  private static void domain(String name, int number, String... users) throws Exception {
    String dn = "ou=" + name + ",ou=forest,dc=example,dc=com";
    server.add("dn: " + dn, "objectClass: organizationalUnit", "ou: " + name);
    server.add(
        "dn: cn=" + name + " users," + dn,
        "objectClass: group",
        "sAMAccountName: " + name + " users",
        sid(number, 513),
        "primaryGroupToken: 513",
        "memberOf: cn=everybody,ou=forest,dc=example,dc=com");
    for (int i = 0; i < users.length; i++) {
      server.add(
          "dn: cn=" + users[i] + "," + dn,
          "objectClass: user",
          "sAMAccountName: " + users[i],
          sid(number, 1000 + i),
          "primaryGroupID: 513");
    }
  }

  private static void posixGroup(String name, int number, String... members) throws Exception {
    var entry = new Entry("cn=" + name + ",ou=unix,dc=example,dc=com");
    entry.addAttribute("objectClass", "posixGroup");
    entry.addAttribute("cn", name);
    entry.addAttribute("gidNumber", Integer.toString(number));
    if (members.length > 0) {
      entry.addAttribute("memberUid", members);
    }
    server.add(entry);
  }

  private static void posixAccount(String name, int group) throws Exception {
    server.add(
        "dn: uid=" + name + ",ou=unix,dc=example,dc=com",
        "objectClass: posixAccount",
        "uid: " + name,
        "gidNumber: " + group);
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
