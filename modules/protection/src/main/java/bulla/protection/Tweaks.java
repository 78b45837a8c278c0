package bulla.protection;

/**
 * What varies the result for a value: the external IV and the ends that stay clear.
 *
 * @param mode which of the two, or null for both
 * @param tooLong the code of an external IV that is too long
 */
record Tweaks(ClearEnds ends, TweakMode mode, ReturnCode tooLong) {
  /** Fails when no value can have this external IV. */
  void require(byte[] external) {
    TokenFailures.requireIv(external, tooLong);
    if (mode == TweakMode.EXTERNAL && external.length == 0) {
      throw new ProtectionException(ReturnCode.TWEAK_NULL);
    }
    if (mode == TweakMode.CLEAR_ENDS && external.length > 0) {
      throw new ProtectionException(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
    }
  }

  byte[] of(String value, byte[] external) {
    return mode == TweakMode.EXTERNAL ? external : ends.iv(value, external);
  }
}
