package bulla.identity.saml;

/**
 * The answer to a change or the deletion of a SAML provider.
 *
 * @param status {@code updated} or {@code deleted}
 * @param alias the provider's name in paths
 */
public record ProviderChanged(String status, String alias) {}
