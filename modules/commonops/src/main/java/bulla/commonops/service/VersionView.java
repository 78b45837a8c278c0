package bulla.commonops.service;

/**
 * The version of a service.
 *
 * @param version the release: {@code 0.1.0}
 * @param buildVersion the release with the number of commits and the commit it was built from:
 *     {@code 0.1.0+12.g4b6f065}
 */
public record VersionView(String version, String buildVersion) {}
