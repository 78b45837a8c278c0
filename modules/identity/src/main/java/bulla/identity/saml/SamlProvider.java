package bulla.identity.saml;

import bulla.commonops.http.StrictJson;
import bulla.identity.problem.IdentityProblem;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A SAML identity provider, as an administrator has configured it. */
@Entity
@Table(name = "identity_saml_provider")
class SamlProvider {
  /** What the column holds. */
  private static final int LONGEST_SETTINGS = 32_000;

  private static final StrictJson JSON = new StrictJson(List.of());
  private static final TypeReference<Map<String, String>> CONFIG = new TypeReference<>() {};

  @Id private String alias;

  @Column(name = "display_name")
  private String displayName;

  private boolean enabled;

  /** The config as one JSON object. */
  private String settings;

  @Version private long version;

  /** For JPA. */
  protected SamlProvider() {}

  SamlProvider(ProviderAlias alias) {
    this.alias = alias.text();
  }

  void change(String newDisplayName, boolean wantedEnabled, ProviderConfig config) {
    String json = JSON.write(config.values());
    if (json.length() > LONGEST_SETTINGS) {
      throw IdentityProblem.METADATA_REFUSED.because(
          "The whole configuration has more than " + LONGEST_SETTINGS + " characters");
    }
    displayName = newDisplayName;
    enabled = wantedEnabled;
    settings = json;
  }

  String alias() {
    return alias;
  }

  String displayName() {
    return displayName;
  }

  boolean isEnabled() {
    return enabled;
  }

  /**
   * What tells this state of this provider from every other, also from those of a provider of the
   * same alias before it, which was deleted.
   */
  long version() {
    UUID content =
        UUID.nameUUIDFromBytes(
            (displayName + '\n' + enabled + '\n' + settings).getBytes(StandardCharsets.UTF_8));
    return (content.getLeastSignificantBits() << 24 >>> 1) + version;
  }

  ProviderView view() {
    return new ProviderView(alias, displayName, "saml", enabled, config());
  }

  Map<String, String> config() {
    var in = new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8));
    try {
      // The type reference says what it is.
      @SuppressWarnings("unchecked")
      var config = (Map<String, String>) JSON.read(in, CONFIG.getType());
      return config;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
