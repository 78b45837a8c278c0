package bulla.protection;

/** No protection: the value passes as it is. Access control and audit still apply. */
public record Monitor() implements ProtectionMethod {
  @Override
  public String key() {
    return "monitor";
  }

  @Override
  public int keyLength() {
    return 0;
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return false;
  }
}
