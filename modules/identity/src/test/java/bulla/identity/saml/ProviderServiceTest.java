package bulla.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.caller.Network;
import bulla.commonops.http.Page;
import bulla.commonops.outbound.AllowedAddresses;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.problem.IdentityProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderServiceTest {
  private static final MetadataReader READER = new MetadataReader(Clock.systemUTC());
  private static final ProviderAlias ALIAS = new ProviderAlias("azure-ad-saml");
  private static final String URL = "https://idp.example/metadata";

  private final IdentityDatabase database = new IdentityDatabase();
  private final RecordedJournal journal = new RecordedJournal();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theConfigHasThePublishedNamesAndWhatTheMetadataSays() {
    create(wishes(null, null, null, null));
    ProviderView view = service(providers -> providers.get(ALIAS.text())).view();
    assertThat(view.alias()).isEqualTo("azure-ad-saml");
    assertThat(view.displayName()).isEqualTo("Azure AD SAML");
    assertThat(view.providerId()).isEqualTo("saml");
    assertThat(view.enabled()).isTrue();
    assertThat(view.config())
        .containsEntry("idpEntityId", "https://idp.example/metadata")
        .containsEntry("singleSignOnServiceUrl", "https://idp.example/post")
        .containsEntry("postBindingAuthnRequest", "true")
        .containsEntry("singleLogoutServiceUrl", "https://idp.example/logout")
        .containsEntry("postBindingLogout", "false")
        .containsEntry("signingCertificate", SampleMetadata.CERTIFICATE)
        .containsEntry(
            "nameIDPolicyFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")
        .containsEntry("metadataDescriptorUrl", URL)
        .containsEntry("signatureAlgorithm", "RSA_SHA256")
        .containsEntry("validateSignature", "true")
        .containsEntry("entityId", "https://bulla.example/pty/v1/auth/saml");
    assertThat(view.config().keySet())
        .contains(
            "postBindingLogout",
            "singleLogoutServiceUrl",
            "postBindingResponse",
            "backchannelSupported",
            "caseSensitiveOriginalUsername",
            "encryptionAlgorithm",
            "xmlSigKeyInfoKeyNameTransformer",
            "idpEntityId",
            "useMetadataDescriptorUrl",
            "loginHint",
            "allowCreate",
            "enabledFromMetadata",
            "syncMode",
            "authnContextComparisonType",
            "singleSignOnServiceUrl",
            "wantAuthnRequestsSigned",
            "allowedClockSkew",
            "artifactBindingResponse",
            "validateSignature",
            "nameIDPolicyFormat",
            "entityId",
            "signSpMetadata",
            "wantAssertionsEncrypted",
            "signatureAlgorithm",
            "sendClientIdOnLogout",
            "wantAssertionsSigned",
            "metadataDescriptorUrl",
            "sendIdTokenOnLogout",
            "postBindingAuthnRequest",
            "forceAuthn",
            "attributeConsumingServiceIndex",
            "addExtensionsElementWithKeyInfo",
            "principalType");
  }

  @Test
  void wishesGoBeforeTheMetadataAndStayUntilChanged() {
    create(
        wishes(
            SampleMetadata.OTHER_CERTIFICATE,
            NameIdFormat.PERSISTENT,
            false,
            Map.of("email", "urn:mail", "firstName", "urn:given")));
    assertThat(config())
        .containsEntry("signingCertificate", SampleMetadata.OTHER_CERTIFICATE)
        .containsEntry("nameIDPolicyFormat", NameIdFormat.PERSISTENT)
        .containsEntry("validateSignature", "false")
        .containsEntry("attributeMapping.email", "urn:mail");
    update(
        new UpdateProvider(
            "New name",
            null,
            null,
            null,
            null,
            null,
            true,
            null,
            null,
            true,
            SignatureAlgorithm.RSA_SHA512,
            Map.of("email", "urn:other"),
            false),
        Optional.empty());
    assertThat(config())
        .containsEntry("signingCertificate", SampleMetadata.OTHER_CERTIFICATE)
        .containsEntry("forceAuthn", "true")
        .containsEntry("wantAssertionsEncrypted", "true")
        .containsEntry("signatureAlgorithm", "RSA_SHA512")
        .containsEntry("attributeMapping.email", "urn:other")
        .doesNotContainKey("attributeMapping.firstName");
    ProviderView view = service(providers -> providers.get(ALIAS.text())).view();
    assertThat(view.displayName()).isEqualTo("New name");
    assertThat(view.enabled()).isFalse();
  }

  @Test
  void newMetadataReplacesWhatTheOldSaid() {
    create(wishes(null, NameIdFormat.PERSISTENT, null, null));
    String other =
        SampleMetadata.XML
            .replace("idp.example", "new.example")
            .replace("SingleLogoutService", "NoService");
    update(
        new UpdateProvider(
            null,
            ConfigType.METADATA_FILE_CONTENT,
            null,
            other,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        Optional.of(read(other)));
    assertThat(config())
        .containsEntry("idpEntityId", "https://new.example/metadata")
        .containsEntry("nameIDPolicyFormat", NameIdFormat.PERSISTENT)
        .doesNotContainKey("singleLogoutServiceUrl")
        .doesNotContainKey("metadataDescriptorUrl");
    assertThat(journal.events().get(1).detail())
        .startsWith(
            "enabled, entity https://new.example/metadata, sign-on https://new.example/post")
        .contains("; before: enabled, entity https://idp.example/metadata");
  }

  @Test
  void theJournalSaysEveryMemberThatAChangeOverwrote() {
    create(wishes(null, NameIdFormat.PERSISTENT, null, Map.of("email", "urn:mail")));
    update(
        new UpdateProvider(
            "Other",
            null,
            null,
            null,
            null,
            null,
            true,
            null,
            null,
            null,
            null,
            Map.of("email", "urn:evil"),
            null),
        Optional.empty());
    assertThat(journal.events().get(1).detail())
        .endsWith(
            "; displayName Other, was Azure AD SAML; attributeMapping.email urn:evil, was urn:mail;"
                + " forceAuthn true, was false");
  }

  @Test
  void aProviderMadeAnewUnderAnAliasHasAnotherVersion() {
    create(wishes(null, null, null, Map.of("email", "urn:mail")));
    long before = service(providers -> providers.get(ALIAS.text())).version();
    service(providers -> providers.delete(ALIAS.text(), version -> {}));
    create(wishes(null, null, null, Map.of("email", "urn:evil")));
    assertThat(service(providers -> providers.get(ALIAS.text())).version()).isNotEqualTo(before);
  }

  @Test
  void metadataWithoutAConfigTypeIsNotPassedOverInSilence() {
    var metadata =
        new ProviderMetadata(
            new MetadataReader(Clock.systemUTC()),
            new MetadataDownload(
                new AllowedAddresses(Network.configured("BULLA_SAML_METADATA_NETWORKS", List.of())),
                host -> List.of(),
                null,
                Duration.ofSeconds(1)));
    for (MetadataSource source :
        List.of(
            new MetadataSource(null, "https://idp.example/metadata", null),
            new MetadataSource(null, null, SampleMetadata.XML))) {
      assertThatThrownBy(() -> metadata.get(source))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.member()).contains("configType"));
    }
    assertThat(metadata.get(new MetadataSource(null, null, null))).isEmpty();
  }

  @Test
  void signaturesAreNotCheckedAgainstNothing() {
    String bare = SampleMetadata.XML.replace("use=\"signing\"", "use=\"encryption\"");
    refused(
        IdentityProblem.METADATA_REFUSED,
        () -> service(providers -> providers.create(wishes(null, null, null, null), read(bare))));
    service(providers -> providers.create(wishes(null, null, false, null), read(bare)));
  }

  @Test
  void badWishesAreRefused() {
    refused(CommonProblem.INVALID_VALUE, () -> create(wishes("MIID", null, null, null)));
    refused(CommonProblem.INVALID_VALUE, () -> create(wishes(null, "persistent", null, null)));
    refused(
        CommonProblem.INVALID_VALUE,
        () -> create(wishes(null, null, null, Map.of("a b", "urn:mail"))));
    refused(CommonProblem.INVALID_VALUE, () -> create(wishes(null, null, null, Map.of("a", " "))));
    refused(
        CommonProblem.INVALID_VALUE,
        () -> create(wishes(null, null, null, Map.of("a", "x".repeat(513)))));
    assertThat(service(providers -> providers.list(Page.of(null, null))).total()).isZero();
  }

  @Test
  void anAliasIsGivenOnce() {
    create(wishes(null, null, null, null));
    refused(IdentityProblem.PROVIDER_EXISTS, () -> create(wishes(null, null, null, null)));
  }

  @Test
  void aProviderIsListedAndDeleted() {
    create(wishes(null, null, null, null));
    assertThat(service(providers -> providers.list(Page.of(null, null))).views())
        .extracting(ProviderView::alias)
        .containsExactly("azure-ad-saml");
    ProviderChanged deleted = service(providers -> providers.delete(ALIAS.text(), version -> {}));
    assertThat(deleted).isEqualTo(new ProviderChanged("deleted", "azure-ad-saml"));
    refused(
        IdentityProblem.PROVIDER_NOT_FOUND,
        () -> service(providers -> providers.get(ALIAS.text())));
    assertThat(journal.actions()).containsExactly("CREATE", "DELETE");
  }

  @Test
  void aStaleChangeIsRefusedAndEveryChangeHasAnotherVersion() {
    create(wishes(null, null, null, null));
    long before = service(providers -> providers.get(ALIAS.text())).version();
    refused(
        CommonProblem.PRECONDITION_FAILED,
        () -> service(providers -> providers.delete(ALIAS.text(), ProviderServiceTest::stale)));
    update(
        new UpdateProvider(
            null, null, null, null, null, null, true, null, null, null, null, null, null),
        Optional.empty());
    assertThat(service(providers -> providers.get(ALIAS.text())).version()).isNotEqualTo(before);
  }

  private static CreateProvider wishes(
      String certificate, String format, Boolean validate, Map<String, String> mapping) {
    return new CreateProvider(
        ALIAS,
        "Azure AD SAML",
        ConfigType.METADATA_URL,
        URL,
        null,
        certificate,
        format,
        null,
        validate,
        null,
        null,
        null,
        mapping,
        null);
  }

  private void create(CreateProvider wanted) {
    service(providers -> providers.create(wanted, read(SampleMetadata.XML)));
  }

  private void update(UpdateProvider wanted, Optional<Metadata> metadata) {
    service(providers -> providers.update(ALIAS.text(), wanted, metadata, version -> {}));
  }

  private Map<String, String> config() {
    return service(providers -> providers.get(ALIAS.text())).view().config();
  }

  private static Metadata read(String xml) {
    return READER.read(SampleMetadata.source(xml), "metadataFileContent");
  }

  private static void stale(long version) {
    throw CommonProblem.PRECONDITION_FAILED.because("Read it again");
  }

  private <T> T service(Function<ProviderService, T> work) {
    return database.transaction(
        entityManager -> {
          var repository = new JpaProviderRepository();
          repository.entityManager = entityManager;
          return work.apply(
              new ProviderService(repository, journal.forChanges(), "https://bulla.example"));
        });
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
