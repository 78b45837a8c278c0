package bulla.identity.certificate;

/**
 * The answer to taking a certificate from a user.
 *
 * @param status {@code deleted}
 * @param sha256 the SHA-256 of the certificate's DER form in hexadecimal
 */
public record UnpinnedCertificate(String status, String sha256) {}
