package bulla.identity.saml;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.http.Page;
import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates, changes and deletes SAML providers. Metadata arrives read: that may take long. */
@Dependent
@Transactional
class ProviderService {
  // Without its first part: a filter of the journal takes what follows a slash for the id.
  private static final String OBJECT_TYPE = "providers";

  private final ProviderRepository repository;
  private final ChangeJournal journal;
  private final String issuer;

  @Inject
  ProviderService(
      ProviderRepository repository,
      ChangeJournal journal,
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443")
          String issuer) {
    this.repository = repository;
    this.journal = journal;
    this.issuer = issuer;
  }

  /** One page of the providers and how many there are in all. */
  record Listing(List<ProviderView> views, long total) {}

  Listing list(Page page) {
    return new Listing(
        repository.page(page).stream().map(SamlProvider::view).toList(), repository.count());
  }

  /** A provider and its version. */
  record Versioned(long version, ProviderView view) {}

  Versioned get(String alias) {
    SamlProvider provider = repository.find(alias).orElseThrow(() -> notFound(alias));
    return new Versioned(provider.version(), provider.view());
  }

  /** Fails where the alias is taken, before anything is fetched for it. */
  void requireFree(ProviderAlias alias) {
    if (repository.find(alias.text()).isPresent()) {
      throw IdentityProblem.PROVIDER_EXISTS.because(
          "There is a SAML provider \"" + alias + "\" already", "alias");
    }
  }

  ProviderCreated create(CreateProvider wanted, Metadata metadata) {
    requireFree(wanted.alias());
    ProviderConfig config = ProviderConfig.fresh(issuer + "/pty/v1/auth/saml");
    config.learn(metadata, wanted.source());
    config.follow(wanted.wishes());
    var provider = new SamlProvider(wanted.alias());
    provider.change(wanted.displayName(), !Boolean.FALSE.equals(wanted.enabled()), config);
    repository.add(provider);
    journal.changed(
        Change.created("CREATE", OBJECT_TYPE, provider.alias(), provider.view())
            .telling(detail(provider)));
    return new ProviderCreated(
        "created",
        provider.alias(),
        wanted.configType(),
        "SAML provider created successfully from metadata");
  }

  ProviderChanged update(
      String alias, UpdateProvider wanted, Optional<Metadata> metadata, LongConsumer versionCheck) {
    SamlProvider provider = repository.lock(alias).orElseThrow(() -> notFound(alias));
    versionCheck.accept(provider.version());
    ProviderView before = provider.view();
    String detailBefore = detail(provider);
    Map<String, String> configBefore = provider.config();
    ProviderConfig config = ProviderConfig.of(configBefore);
    metadata.ifPresent(read -> config.learn(read, wanted.source()));
    config.follow(wanted.wishes());
    provider.change(
        Objects.requireNonNullElse(wanted.displayName(), provider.displayName()),
        Objects.requireNonNullElse(wanted.enabled(), provider.isEnabled()),
        config);
    journal.changed(
        Change.updated("UPDATE", OBJECT_TYPE, alias, before, provider.view())
            .telling(
                detail(provider)
                    + "; before: "
                    + detailBefore
                    + difference("displayName", before.displayName(), provider.displayName())
                    + differences(configBefore, provider.config())));
    return new ProviderChanged("updated", alias);
  }

  ProviderChanged delete(String alias, LongConsumer versionCheck) {
    SamlProvider provider = repository.lock(alias).orElseThrow(() -> notFound(alias));
    versionCheck.accept(provider.version());
    repository.remove(provider);
    journal.changed(
        Change.deleted("DELETE", OBJECT_TYPE, alias, provider.view())
            .telling("before: " + detail(provider)));
    return new ProviderChanged("deleted", alias);
  }

  /** Whom it makes the server trust, and how far. */
  private static String detail(SamlProvider provider) {
    Map<String, String> config = provider.config();
    return "%s, entity %s, sign-on %s, signatures %s, signed assertions %s, certificates %s"
        .formatted(
            provider.isEnabled() ? "enabled" : "disabled",
            config.get(ProviderConfig.ENTITY),
            config.get(ProviderConfig.SIGN_ON),
            config.get(ProviderConfig.VALIDATE),
            config.get(ProviderConfig.WANT_SIGNED),
            SigningCertificate.fingerprints(config.get(ProviderConfig.CERTIFICATES)));
  }

  private static String differences(Map<String, String> before, Map<String, String> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    // Their fingerprints are in the detail already.
    names.remove(ProviderConfig.CERTIFICATES);
    return names.stream()
        .map(name -> difference(name, before.get(name), after.get(name)))
        .collect(Collectors.joining());
  }

  private static String difference(String name, String before, String after) {
    return Objects.equals(before, after) ? "" : "; %s %s, was %s".formatted(name, after, before);
  }

  private static Problem notFound(String alias) {
    return IdentityProblem.PROVIDER_NOT_FOUND.because(
        "There is no SAML provider " + Quoted.text(alias));
  }
}
