package bulla.identity.certificate;

/**
 * A client certificate that belongs to a user.
 *
 * @param sha256 the SHA-256 of its DER form in hexadecimal
 * @param subject the subject's distinguished name (RFC 2253)
 * @param notAfter when it expires, in milliseconds since 1970-01-01 UTC
 * @param addedTimestamp when it was added, in milliseconds since 1970-01-01 UTC
 */
public record PinnedCertificateView(
    String sha256, String subject, long notAfter, long addedTimestamp) {}
