package bulla.identity.saml;

/**
 * The answer to the creation of a SAML provider.
 *
 * @param status {@code created}
 * @param alias the provider's name in paths
 * @param configType where its metadata came from
 * @param message the same for people
 */
public record ProviderCreated(String status, String alias, ConfigType configType, String message) {}
