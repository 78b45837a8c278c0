package bulla.it;

import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.protector.Protector;
import bulla.protector.ProtectorException;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import com.example.client.auth.LoginApi;
import com.example.client.auth.UsersApi;
import com.example.client.auth.model.CreateUser;
import com.example.client.pim.ApiException;
import com.example.client.pim.DataelementsApi;
import com.example.client.pim.DatastoresApi;
import com.example.client.pim.InitApi;
import com.example.client.pim.MasksApi;
import com.example.client.pim.PoliciesApi;
import com.example.client.pim.RolesApi;
import com.example.client.pim.SourcesApi;
import com.example.client.pim.model.AddExportKey;
import com.example.client.pim.model.AddMember;
import com.example.client.pim.model.AlphaNumericToken;
import com.example.client.pim.model.AlphaNumericToken.AllowShortEnum;
import com.example.client.pim.model.AlphaNumericToken.TokenizerEnum;
import com.example.client.pim.model.CreateDataElement;
import com.example.client.pim.model.DeployState;
import com.example.client.pim.model.DeployStore;
import com.example.client.pim.model.MemberType;
import com.example.client.pim.model.NoAccessOperation;
import com.example.client.pim.model.Permissions;
import com.example.client.pim.model.RoleMode;
import com.example.client.pim.model.SourceConnection;
import com.example.client.pim.model.SourceType;
import com.example.client.pim.model.WriteDataStore;
import com.example.client.pim.model.WriteGrants;
import com.example.client.pim.model.WriteMask;
import com.example.client.pim.model.WritePolicy;
import com.example.client.pim.model.WriteRole;
import com.example.client.pim.model.WriteRule;
import com.example.client.pim.model.WriteSource;
import com.example.client.rps.ExportApi;
import com.example.client.rps.JwksApi;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that openapi-generator makes of the documents do the main job, from the first login to an
 * exported package, which the protector opens.
 */
@SharedServer
class GeneratedClientIT {
  private static final String MAY_WRITE = "workbench_management_policy_write";
  private static final String MAY_EXPORT = "workbench_deployment_immutablepackage_export";
  private static final String CARD = "4111111111111111";

  @TempDir Path directory;
  private TestServer server;
  private ConsumerKeys keys;
  private String element;

  @BeforeEach
  void name(TestServer one) {
    server = one;
    keys = ConsumerKeys.make();
    element = unique("element");
  }

  @Test
  void thoseInJavaDoTheMainJob() throws Exception {
    var administrator = auth(token(TestServer.ADMINISTRATOR, server.administratorPassword()));
    String officer = newUser(administrator, MAY_WRITE);
    String exporter = newUser(administrator, MAY_EXPORT);

    String fingerprint = writePolicy(pim(officer));
    Object sealed = new ExportApi(rps(exporter)).exportPackage(fingerprint, 1, 1, null);
    Object signers = new JwksApi(rps(exporter)).getPackageKeys();

    requireOpens(new ObjectMapper().writeValueAsString(sealed), signers);
    assertThatThrownBy(() -> new InitApi(pim(exporter)).initialize())
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(403);
              assertThat(refused.getResponseBody()).contains("\"code\":\"FORBIDDEN\"", MAY_WRITE);
            });
  }

  @Test
  @Tag("slow")
  void thoseInTypeScriptDoTheMainJob() throws Exception {
    Node node = Node.project("client", directory);
    for (String api : List.of("auth", "pim", "rps")) {
      copy(
          Path.of(System.getProperty("bulla.home"), "it/client/target/typescript", api),
          node.folder().resolve("generated").resolve(api));
    }
    node.require("node_modules/.bin/tsc", "--project", ".");
    Path publicKey = Files.writeString(directory.resolve("public.pem"), keys.publicPem());
    node.require(
        Map.of(
            "NODE_EXTRA_CA_CERTS", server.authority().toString(),
            "BULLA_URL", server.nobody().url(),
            "PASSWORD", server.administratorPassword(),
            "ELEMENT", element,
            "RUN", unique("run"),
            "PEM_FILE", publicKey.toString()),
        "node",
        "built/main.js");

    requireOpens(
        Files.readString(node.folder().resolve("rps.json")),
        new ObjectMapper().readTree(node.folder().resolve("signer.jwks.json").toFile()));
  }

  /** Alice protects and sees four digits, and whoever is no member sees nothing. */
  private void requireOpens(String sealed, Object signers) throws Exception {
    Path file = Files.writeString(directory.resolve("rps.json"), sealed);
    String jwks = new ObjectMapper().writeValueAsString(signers);
    try (var protector =
        Protector.open(
            file,
            PemDecryptor.of(keys.privatePem()),
            TrustedKeys.fromJwks(jwks),
            directory.resolve("state"))) {
      String token = protector.session("alice").protect(element, CARD);
      assertThat(token).hasSameSizeAs(CARD).isNotEqualTo(CARD);
      assertThat(protector.session("alice").unprotect(element, token))
          .isEqualTo("************1111");
      assertThatThrownBy(() -> protector.session("mallory").unprotect(element, token))
          .isInstanceOf(ProtectorException.class);
    }
  }

  private String writePolicy(com.example.client.pim.ApiClient officer) throws ApiException {
    new InitApi(officer).initialize();
    String source =
        new SourcesApi(officer)
            .createSource(
                new WriteSource()
                    .name(unique("source"))
                    .type(SourceType.FILE)
                    .connection(
                        new SourceConnection().userFile("users.txt").groupFile("groups.txt")))
            .getUid();
    var roles = new RolesApi(officer);
    String role =
        roles
            .createRole(new WriteRole().name(unique("role")).mode(RoleMode.MANUAL).allowAll(false))
            .getUid();
    roles.addMembers(
        role, List.of(new AddMember().name("team").source(source).type(MemberType.GROUP)));
    String mask =
        new MasksApi(officer)
            .createMask(
                new WriteMask()
                    .name(unique("mask"))
                    .fromLeft(0)
                    .fromRight(4)
                    .masked(false)
                    .character("*"))
            .getUid();
    String card =
        new DataelementsApi(officer)
            .createDataElement(
                new CreateDataElement()
                    .name(element)
                    .alphaNumericToken(
                        new AlphaNumericToken()
                            .tokenizer(TokenizerEnum.SLT_1_3)
                            .fromLeft(0)
                            .fromRight(0)
                            .lengthPreserving(true)
                            .allowShort(AllowShortEnum.YES)))
            .getUid();
    var policies = new PoliciesApi(officer);
    var grants =
        new WriteGrants().access(new Permissions().protect(true).reProtect(false).unProtect(true));
    String policy =
        policies.createPolicy(new WritePolicy().name(unique("policy")).template(grants)).getUid();
    policies.createRule(
        policy,
        new WriteRule()
            .role(role)
            .dataElement(card)
            .mask(mask)
            .noAccessOperation(NoAccessOperation.NULL_VALUE)
            .permission(grants));
    var stores = new DatastoresApi(officer);
    String store =
        stores.createDataStore(new WriteDataStore().name(unique("store"))._default(true)).getUid();
    String fingerprint =
        stores
            .addExportKey(store, new AddExportKey().algorithm("RSA-OAEP-256").pem(keys.publicPem()))
            .getFingerprint();
    assertThat(
            stores
                .deployDataStore(
                    store, new DeployStore().policies(List.of(policy)).applications(List.of()))
                .getState())
        .isEqualTo(DeployState.DEPLOYED);
    return fingerprint.replace(":", "");
  }

  /** Makes a user with this permission, who logs in. */
  private String newUser(com.example.client.auth.ApiClient administrator, String permission)
      throws Exception {
    String role = unique("role");
    String name = unique("user");
    String password = "Passphrase-" + UUID.randomUUID();
    new com.example.client.auth.RolesApi(administrator)
        .createRole(
            new com.example.client.auth.model.WriteRole()
                .name(role)
                .permissions(List.of("can_create_token", permission)));
    new UsersApi(administrator)
        .createUser(
            new CreateUser()
                .username(name)
                .email(name + "@example.com")
                .enabled(true)
                .password(password)
                .roles(List.of(role)));
    return token(name, password);
  }

  private String token(String name, String password) throws Exception {
    return new LoginApi(auth(""))
        .createTokenWithHttpInfo(name, password)
        .getHeaders()
        .get("pty_access_jwt_token")
        .get(0);
  }

  private com.example.client.auth.ApiClient auth(String token) throws Exception {
    var client = new com.example.client.auth.ApiClient();
    client.updateBaseUri(server.nobody().url() + "/pty/v1/auth");
    return client.setHttpClientBuilder(https()).setRequestInterceptor(bearer(token));
  }

  private com.example.client.pim.ApiClient pim(String token) throws Exception {
    var client = new com.example.client.pim.ApiClient();
    client.updateBaseUri(server.nobody().url() + "/pty/v2/pim");
    return client.setHttpClientBuilder(https()).setRequestInterceptor(bearer(token));
  }

  private com.example.client.rps.ApiClient rps(String token) throws Exception {
    var client = new com.example.client.rps.ApiClient();
    client.updateBaseUri(server.nobody().url() + "/pty/v1/rps");
    return client.setHttpClientBuilder(https()).setRequestInterceptor(bearer(token));
  }

  private HttpClient.Builder https() throws Exception {
    return HttpClient.newBuilder().sslContext(Https.context(server.authority()));
  }

  private static Consumer<HttpRequest.Builder> bearer(String token) {
    return token.isEmpty()
        ? request -> {}
        : request -> request.header("Authorization", "Bearer " + token);
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
