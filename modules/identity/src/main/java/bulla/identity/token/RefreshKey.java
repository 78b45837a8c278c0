package bulla.identity.token;

import bulla.secrets.SecretBytes;

/**
 * The secret that authenticates refresh tokens with HMAC-SHA-512.
 *
 * @param kid its id
 * @param secret {@value #BYTES} bytes, as RFC 7518 section 3.2 asks for
 */
record RefreshKey(String kid, SecretBytes secret) {
  static final int BYTES = 64;
}
