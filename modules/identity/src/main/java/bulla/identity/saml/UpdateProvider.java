package bulla.identity.saml;

import bulla.commonops.http.Printable;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * What is to change of a SAML provider; what is absent stays as it is.
 *
 * @param displayName its name for people, up to 255 characters
 * @param configType which of the next two is read; when absent, the metadata stays as it is
 * @param metadataUrl where the server fetches the metadata from, with https
 * @param metadataFileContent the metadata itself
 * @param signingCertificate the provider's certificate in Base64 (PEM without its header), in place
 *     of those in the metadata
 * @param nameIdPolicyFormat a name identifier format of SAML 2.0
 * @param forceAuthn whether users are to authenticate again
 * @param validateSignature whether signatures are to be checked
 * @param wantAssertionsSigned whether assertions must be signed
 * @param wantAssertionsEncrypted whether assertions must be encrypted
 * @param signatureAlgorithm how requests are to be signed
 * @param attributeMapping from attributes of users to names of SAML attributes; replaces the old
 *     one
 * @param enabled whether the provider is to be used
 */
public record UpdateProvider(
    @Size(min = 1, max = 255, message = "has {min} to {max} characters")
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String displayName,
    ConfigType configType,
    String metadataUrl,
    String metadataFileContent,
    String signingCertificate,
    String nameIdPolicyFormat,
    Boolean forceAuthn,
    Boolean validateSignature,
    Boolean wantAssertionsSigned,
    Boolean wantAssertionsEncrypted,
    SignatureAlgorithm signatureAlgorithm,
    Map<String, String> attributeMapping,
    Boolean enabled) {
  MetadataSource source() {
    return new MetadataSource(configType, metadataUrl, metadataFileContent);
  }

  Wishes wishes() {
    return new Wishes(
        signingCertificate,
        nameIdPolicyFormat,
        forceAuthn,
        validateSignature,
        wantAssertionsSigned,
        wantAssertionsEncrypted,
        signatureAlgorithm,
        attributeMapping);
  }
}
