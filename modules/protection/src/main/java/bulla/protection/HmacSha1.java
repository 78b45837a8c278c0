package bulla.protection;

/**
 * A keyed hash of a value: HMAC-SHA-1 (RFC 2104), 20 bytes. It cannot be unprotected. Deprecated by
 * the published API: use {@link HmacSha256}.
 */
public record HmacSha1() implements ProtectionMethod {
  @Override
  public String key() {
    return "hmacSha1";
  }

  @Override
  public boolean unprotects() {
    return false;
  }

  @Override
  public boolean protectsToText() {
    return false;
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return false;
  }
}
