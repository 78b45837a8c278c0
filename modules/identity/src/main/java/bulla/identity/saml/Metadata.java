package bulla.identity.saml;

import java.util.List;
import java.util.Optional;

/**
 * What the metadata of an identity provider says (saml-metadata-2.0-os section 2.4.3).
 *
 * @param entityId the provider's entity id
 * @param signOn where users are sent to log in
 * @param logout where they are sent to log out
 * @param signingCertificates the certificates of its signatures, DER in Base64
 * @param nameIdFormats the name identifier formats that it knows, as they come
 */
record Metadata(
    String entityId,
    Endpoint signOn,
    Optional<Endpoint> logout,
    List<String> signingCertificates,
    List<String> nameIdFormats) {
  Metadata {
    signingCertificates = List.copyOf(signingCertificates);
    nameIdFormats = List.copyOf(nameIdFormats);
  }

  /**
   * A service of the provider.
   *
   * @param binding how messages get there
   * @param location its URL, with https
   */
  record Endpoint(Binding binding, String location) {}

  /** The bindings that a browser can be sent with (saml-bindings-2.0-os sections 3.4 and 3.5). */
  enum Binding {
    POST("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"),
    REDIRECT("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect");

    private final String uri;

    Binding(String uri) {
      this.uri = uri;
    }

    String uri() {
      return uri;
    }
  }
}
