package bulla.identity.saml;

import bulla.commonops.http.Printable;
import bulla.commonops.problem.CommonProblem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code config} of a provider, in the names that are published for it; all values are texts.
 * {@code attributeMapping.} and the name of an attribute say where that attribute comes from.
 */
final class ProviderConfig {
  static final String CERTIFICATES = "signingCertificate";
  static final String ENTITY = "idpEntityId";
  static final String SIGN_ON = "singleSignOnServiceUrl";
  static final String VALIDATE = "validateSignature";
  static final String WANT_SIGNED = "wantAssertionsSigned";

  private static final String MAPPING = "attributeMapping.";
  private static final String NAME_ID = "nameIDPolicyFormat";
  private static final String LOGOUT = "singleLogoutServiceUrl";
  private static final int MOST_MAPPINGS = 50;
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern SAML_ATTRIBUTE = Pattern.compile(Printable.TEXT);

  private final Map<String, String> values;

  private ProviderConfig(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * A new provider's, before anything is known of it. What the published samples show and nothing
   * here decides has the value of those samples.
   *
   * @param entityId how this server is known to the provider
   */
  static ProviderConfig fresh(String entityId) {
    var config = new ProviderConfig(Map.of());
    config.put("addExtensionsElementWithKeyInfo", "false");
    config.put("allowCreate", "true");
    config.put("allowedClockSkew", "0");
    config.put("artifactBindingResponse", "false");
    config.put("attributeConsumingServiceIndex", "0");
    config.put("authnContextComparisonType", "exact");
    config.put("backchannelSupported", "false");
    config.put("caseSensitiveOriginalUsername", "false");
    config.put("enabledFromMetadata", "true");
    config.put("encryptionAlgorithm", "RSA-OAEP");
    config.put("entityId", entityId);
    config.put("forceAuthn", "false");
    config.put("loginHint", "false");
    config.put("principalType", "SUBJECT");
    config.put("sendClientIdOnLogout", "false");
    config.put("sendIdTokenOnLogout", "true");
    config.put("signSpMetadata", "true");
    config.put("signatureAlgorithm", SignatureAlgorithm.RSA_SHA256.name());
    config.put("syncMode", "LEGACY");
    config.put("useMetadataDescriptorUrl", "false");
    config.put(VALIDATE, "true");
    config.put("wantAssertionsEncrypted", "false");
    config.put(WANT_SIGNED, "true");
    config.put("wantAuthnRequestsSigned", "true");
    config.put("xmlSigKeyInfoKeyNameTransformer", "KEY_ID");
    return config;
  }

  /** A provider's as it was kept. */
  static ProviderConfig of(Map<String, String> values) {
    return new ProviderConfig(values);
  }

  /** What new metadata says, in place of what the old said. */
  void learn(Metadata metadata, MetadataSource source) {
    put(ENTITY, metadata.entityId());
    put(SIGN_ON, metadata.signOn().location());
    put("postBindingAuthnRequest", isPost(metadata.signOn()));
    // The answer of a provider never comes by redirection (saml-profiles-2.0-os section 4.1.2).
    put("postBindingResponse", "true");
    put(LOGOUT, metadata.logout().map(Metadata.Endpoint::location).orElse(null));
    put("postBindingLogout", metadata.logout().map(ProviderConfig::isPost).orElse("false"));
    put(
        CERTIFICATES,
        metadata.signingCertificates().isEmpty()
            ? null
            : String.join(",", metadata.signingCertificates()));
    put(
        "supportedNameIDFormats",
        metadata.nameIdFormats().isEmpty() ? null : String.join(" ", metadata.nameIdFormats()));
    values.putIfAbsent(
        NAME_ID, metadata.nameIdFormats().stream().findFirst().orElse(NameIdFormat.PERSISTENT));
    put("metadataDescriptorUrl", source.type() == ConfigType.METADATA_URL ? source.url() : null);
  }

  /**
   * What the administrator wishes.
   *
   * @throws bulla.commonops.problem.Problem 400 naming the member that is to blame
   */
  void follow(Wishes wishes) {
    if (wishes.signingCertificate() != null) {
      put(
          CERTIFICATES,
          SigningCertificate.normalised(wishes.signingCertificate())
              .orElseThrow(
                  () ->
                      CommonProblem.INVALID_VALUE.because(
                          "It must be an X.509 certificate in Base64, without the PEM header",
                          CERTIFICATES)));
    }
    if (wishes.nameIdPolicyFormat() != null) {
      if (!NameIdFormat.isKnown(wishes.nameIdPolicyFormat())) {
        throw CommonProblem.INVALID_VALUE.because(
            Quoted.text(wishes.nameIdPolicyFormat())
                + " is no name identifier format of SAML 2.0, such as "
                + NameIdFormat.PERSISTENT,
            "nameIdPolicyFormat");
      }
      put(NAME_ID, wishes.nameIdPolicyFormat());
    }
    wish("forceAuthn", wishes.forceAuthn());
    wish(VALIDATE, wishes.validateSignature());
    wish(WANT_SIGNED, wishes.wantAssertionsSigned());
    wish("wantAssertionsEncrypted", wishes.wantAssertionsEncrypted());
    wish("signatureAlgorithm", wishes.signatureAlgorithm());
    if (wishes.attributeMapping() != null) {
      map(wishes.attributeMapping());
    }
  }

  /**
   * The values, which make sense together.
   *
   * @throws bulla.commonops.problem.Problem 400 where signatures are to be checked against nothing
   */
  Map<String, String> values() {
    if (values.get(VALIDATE).equals("true") && !values.containsKey(CERTIFICATES)) {
      throw IdentityProblem.METADATA_REFUSED.because(
          "It has no signing certificate: give one in signingCertificate", CERTIFICATES);
    }
    return values;
  }

  private void map(Map<String, String> mapping) {
    if (mapping.size() > MOST_MAPPINGS) {
      throw mappingRefused("It has more than " + MOST_MAPPINGS + " members");
    }
    values.keySet().removeIf(name -> name.startsWith(MAPPING));
    mapping.forEach(
        (attribute, source) -> {
          if (!ATTRIBUTE.matcher(attribute).matches()
              || source == null
              || source.isBlank()
              || source.length() > 512
              || !SAML_ATTRIBUTE.matcher(source).matches()) {
            throw mappingRefused(
                "Each member has a name of letters, digits and _ . - and a text of up to 512"
                    + " printable characters");
          }
          put(MAPPING + attribute, source);
        });
  }

  private static RuntimeException mappingRefused(String why) {
    return CommonProblem.INVALID_VALUE.because(why, "attributeMapping");
  }

  private void wish(String name, Object value) {
    if (value != null) {
      put(name, value.toString());
    }
  }

  private void put(String name, String value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }

  private static String isPost(Metadata.Endpoint endpoint) {
    return Boolean.toString(endpoint.binding() == Metadata.Binding.POST);
  }
}
