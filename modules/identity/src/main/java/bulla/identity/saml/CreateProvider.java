package bulla.identity.saml;

import bulla.commonops.http.Printable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A SAML provider to be created.
 *
 * @param alias its name in paths
 * @param displayName its name for people, up to 255 characters
 * @param configType which of the next two is read; the other is ignored
 * @param metadataUrl where the server fetches the metadata from, with https
 * @param metadataFileContent the metadata itself
 * @param signingCertificate the provider's certificate in Base64 (PEM without its header), in place
 *     of those in the metadata
 * @param nameIdPolicyFormat a name identifier format of SAML 2.0; when absent, the first of the
 *     metadata or else persistent
 * @param forceAuthn whether users are to authenticate again; false when absent
 * @param validateSignature whether signatures are to be checked; true when absent
 * @param wantAssertionsSigned whether assertions must be signed; true when absent
 * @param wantAssertionsEncrypted whether assertions must be encrypted; false when absent
 * @param signatureAlgorithm how requests are to be signed; RSA_SHA256 when absent
 * @param attributeMapping from attributes of users to names of SAML attributes
 * @param enabled whether the provider is to be used; true when absent
 */
public record CreateProvider(
    @NotNull(message = "is needed") @Schema(implementation = String.class) ProviderAlias alias,
    @NotBlank(message = "is needed")
        @Size(max = 255, message = "has at most {max} characters")
        @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
        String displayName,
    @NotNull(message = "is needed") ConfigType configType,
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
