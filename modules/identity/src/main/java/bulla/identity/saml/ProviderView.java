package bulla.identity.saml;

import java.util.Map;

/**
 * A SAML provider in the published shape.
 *
 * @param alias its name in paths
 * @param displayName its name for people
 * @param providerId always {@code saml}
 * @param enabled whether it is to be used
 * @param config what the metadata and the administrator say of it
 */
public record ProviderView(
    String alias,
    String displayName,
    String providerId,
    boolean enabled,
    Map<String, String> config) {}
