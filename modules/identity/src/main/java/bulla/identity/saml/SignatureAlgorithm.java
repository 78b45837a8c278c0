package bulla.identity.saml;

/** How requests to a provider are to be signed; those with SHA-1 are left out on purpose. */
public enum SignatureAlgorithm {
  RSA_SHA256,
  RSA_SHA256_MGF1,
  RSA_SHA512,
  RSA_SHA512_MGF1
}
