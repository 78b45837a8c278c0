package bulla.identity.saml;

import java.util.Set;

/** The name identifier formats of SAML 2.0 (saml-core-2.0-os section 8.3). */
final class NameIdFormat {
  static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

  private static final Set<String> KNOWN =
      Set.of(
          "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
          "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
          "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
          "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
          "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
          "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
          PERSISTENT,
          "urn:oasis:names:tc:SAML:2.0:nameid-format:transient");

  private NameIdFormat() {}

  static boolean isKnown(String format) {
    return KNOWN.contains(format);
  }
}
