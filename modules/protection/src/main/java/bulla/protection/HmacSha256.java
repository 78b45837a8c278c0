package bulla.protection;

/** A keyed hash of a value: HMAC-SHA-256 (RFC 2104), 32 bytes. It cannot be unprotected. */
public record HmacSha256() implements ProtectionMethod {
  @Override
  public String key() {
    return "hmacSha256";
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
