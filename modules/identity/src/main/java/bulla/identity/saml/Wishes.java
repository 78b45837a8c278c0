package bulla.identity.saml;

import java.util.Map;

/**
 * What a request asks for besides the metadata; null where it says nothing. {@link CreateProvider}
 * says what each is.
 */
record Wishes(
    String signingCertificate,
    String nameIdPolicyFormat,
    Boolean forceAuthn,
    Boolean validateSignature,
    Boolean wantAssertionsSigned,
    Boolean wantAssertionsEncrypted,
    SignatureAlgorithm signatureAlgorithm,
    Map<String, String> attributeMapping) {}
