package bulla.identity.saml;

/** How requests to a provider are to be signed; those with SHA-1 are left out on purpose. */
public enum SignatureAlgorithm {
  /** RSA with SHA-256 and the padding of PKCS #1 v1.5. */
  RSA_SHA256,
  /** RSA with SHA-256 and the padding PSS. */
  RSA_SHA256_MGF1,
  /** RSA with SHA-512 and the padding of PKCS #1 v1.5. */
  RSA_SHA512,
  /** RSA with SHA-512 and the padding PSS. */
  RSA_SHA512_MGF1
}
