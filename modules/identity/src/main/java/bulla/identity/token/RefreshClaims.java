package bulla.identity.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What a refresh token says.
 *
 * @param userId {@code sub}
 * @param sessionId {@code sid}: the family of refresh tokens
 * @param tokenId {@code jti}: which of the family
 * @param expired whether its time has passed: then it is good for nothing, but if it was used
 *     before its family is revoked all the same
 */
record RefreshClaims(String userId, String sessionId, String tokenId, boolean expired) {
  /** The claims of the first token of a family, or of the next one. */
  static RefreshClaims fresh(String userId, String sessionId) {
    return new RefreshClaims(userId, sessionId, UUID.randomUUID().toString(), false);
  }

  /** The SHA-256 of the token id in hexadecimal: what the database keeps instead of it. */
  String hash() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(tokenId.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** Without the token id, which the database must not know either. */
  @Override
  public String toString() {
    return "RefreshClaims[userId=" + userId + ", sessionId=" + sessionId + "]";
  }
}
