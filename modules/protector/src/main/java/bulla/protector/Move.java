package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.Protection;
import bulla.protection.ProtectionException;
import bulla.protection.ProtectionMethod;
import bulla.protection.ReturnCode;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * From one data element to another. What fails on the side of the new one would say something of
 * the clear value, so whatever the reason is, the code is that of a failed protect.
 *
 * @param readsOld whether the caller may have the clear value too; else a value is moved only when
 *     the new element shows nothing that the old one hides, since what one takes for a delimiter or
 *     a clear end may be what the other is there for
 */
record Move(ElementProtection from, ElementProtection to, boolean readsOld) {
  /** Whether the new element returns some values as they are, or all. */
  boolean mayGiveAllInClear() {
    ProtectionMethod method = to.element().method();
    return method.protectsToText() && !method.protectedValueIsReturnable();
  }

  /**
   * The values of the new element.
   *
   * @param oldVariation the IV or tweak of the given values
   * @param newVariation the IV or tweak of the wanted values
   */
  BulkResult<String> of(String[] values, byte[] oldVariation, byte[] newVariation) {
    BulkResult<String> clear = from.unprotect(values, oldVariation);
    Protection old = from.protection();
    BulkResult<String> movable =
        movable(clear, String[]::new, text -> to.protection().hidesAllThat(old, text));
    return withoutReason(to.protect(movable.values(), newVariation).after(movable)).after(clear);
  }

  /** The same of bytes. */
  BulkResult<byte[]> of(byte[][] values, byte[] oldIv, byte[] newIv) {
    BulkResult<byte[]> clear = from.unprotect(values, oldIv);
    Protection old = from.protection();
    BulkResult<byte[]> movable =
        movable(clear, byte[][]::new, bytes -> to.protection().hidesAllThat(old, bytes));
    return withoutReason(to.protect(movable.values(), newIv).after(movable)).after(clear);
  }

  private <T> BulkResult<T> movable(
      BulkResult<T> clear, IntFunction<T[]> array, Predicate<T> staysHidden) {
    return readsOld
        ? clear
        : clear.then(
            array,
            value -> {
              if (!staysHidden.test(value)) {
                throw new ProtectionException(ReturnCode.PROTECT_FAILED);
              }
              return value;
            });
  }

  /** These results, in which no failure says why. */
  static <T> BulkResult<T> withoutReason(BulkResult<T> results) {
    return results.failingAs(ReturnCode.PROTECT_FAILED);
  }
}
