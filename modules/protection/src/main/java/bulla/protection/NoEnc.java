package bulla.protection;

/**
 * No protection: the stored value is the clear value. Access control, audit and a mask still apply.
 *
 * @param maskUid the uid of the policy's mask that applies where a rule names none; may be null
 */
public record NoEnc(String maskUid) implements ProtectionMethod {
  @Override
  public String key() {
    return "noEnc";
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
