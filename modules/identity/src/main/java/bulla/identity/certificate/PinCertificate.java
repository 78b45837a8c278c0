package bulla.identity.certificate;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A client certificate that a user is to have.
 *
 * @param pem one certificate in PEM (RFC 7468), without its private key
 */
public record PinCertificate(
    @NotNull(message = "is needed") @Size(max = 8192, message = "is longer than {max} characters")
        String pem) {}
