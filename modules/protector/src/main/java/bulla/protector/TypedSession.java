package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.ReturnCode;

/**
 * A session for values of a Java type: {@code session.as(ValueType.INT).protect("DE_AGE", 42)}. All
 * that is said of {@link Session} holds here too; a null that a rule answers is null. A value that
 * has no text, or a result that is no value of the type, fails like any other value (code 44; 7 of
 * the result of a reprotect).
 */
public final class TypedSession<T> {
  private final Session session;
  private final ValueType<T> type;

  TypedSession(Session session, ValueType<T> type) {
    this.session = session;
    this.type = type;
  }

  /** The protected form of a value. */
  public T protect(String dataElement, T clear) {
    return protect(dataElement, clear, null);
  }

  /** The protected form of a value, varied by an external IV. */
  public T protect(String dataElement, T clear, byte[] externalIv) {
    return protect(dataElement, clear, externalIv, null);
  }

  /** The same, varied by a tweak too, which FF1 alone has, and then in place of the IV. */
  public T protect(String dataElement, T clear, byte[] externalIv, byte[] externalTweak) {
    return protect(dataElement, one(clear), externalIv, externalTweak)[0];
  }

  /** The protected forms of some values. */
  public T[] protect(String dataElement, T[] clear) {
    return protect(dataElement, clear, null);
  }

  /** The protected forms of some values, varied by one external IV; null for none. */
  public T[] protect(String dataElement, T[] clear, byte[] externalIv) {
    return protect(dataElement, clear, externalIv, null);
  }

  /** The protected forms of some values, varied by an external IV or a tweak. */
  public T[] protect(String dataElement, T[] clear, byte[] externalIv, byte[] externalTweak) {
    return session.protect(
        dataElement,
        clear.length,
        element -> {
          BulkResult<String> texts = type.texts(ReturnCode.PROTECTED, clear);
          byte[] variation = element.variation(externalIv, externalTweak);
          return type.values(element.protect(texts.values(), variation).after(texts));
        });
  }

  /** The clear value; null where the rule answers so. */
  public T unprotect(String dataElement, T value) {
    return unprotect(dataElement, value, null);
  }

  /** The clear value of one that was protected with an external IV. */
  public T unprotect(String dataElement, T value, byte[] externalIv) {
    return unprotect(dataElement, value, externalIv, null);
  }

  /** The same, of one that was protected with a tweak. */
  public T unprotect(String dataElement, T value, byte[] externalIv, byte[] externalTweak) {
    return unprotect(dataElement, one(value), externalIv, externalTweak)[0];
  }

  /** The clear values; null where the rule answers so. */
  public T[] unprotect(String dataElement, T[] values) {
    return unprotect(dataElement, values, null);
  }

  /** The clear values of some that were protected with one external IV; null for none. */
  public T[] unprotect(String dataElement, T[] values, byte[] externalIv) {
    return unprotect(dataElement, values, externalIv, null);
  }

  /** The same, of values that were protected with a tweak. */
  public T[] unprotect(String dataElement, T[] values, byte[] externalIv, byte[] externalTweak) {
    return session.unprotect(
        dataElement,
        values,
        type::copy,
        (element, mask) -> {
          BulkResult<String> texts = type.texts(ReturnCode.UNPROTECTED, values);
          byte[] variation = element.variation(externalIv, externalTweak);
          return type.values(element.unprotect(texts.values(), variation, mask).after(texts));
        });
  }

  /** The value of one data element as one of another. */
  public T reprotect(String oldDataElement, String newDataElement, T value) {
    return reprotect(oldDataElement, newDataElement, value, null, null);
  }

  /** The same, each side with its external IV or null. */
  public T reprotect(
      String oldDataElement,
      String newDataElement,
      T value,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return reprotect(
        oldDataElement, newDataElement, value, oldExternalIv, newExternalIv, null, null);
  }

  /** The same, of and for a value with a tweak. */
  public T reprotect(
      String oldDataElement,
      String newDataElement,
      T value,
      byte[] oldExternalIv,
      byte[] newExternalIv,
      byte[] oldExternalTweak,
      byte[] newExternalTweak) {
    return reprotect(
        oldDataElement,
        newDataElement,
        one(value),
        oldExternalIv,
        newExternalIv,
        oldExternalTweak,
        newExternalTweak)[0];
  }

  /** The values of one data element as ones of another. */
  public T[] reprotect(String oldDataElement, String newDataElement, T[] values) {
    return reprotect(oldDataElement, newDataElement, values, null, null);
  }

  /** The values of one data element as ones of another, each side with its external IV or null. */
  public T[] reprotect(
      String oldDataElement,
      String newDataElement,
      T[] values,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return reprotect(
        oldDataElement, newDataElement, values, oldExternalIv, newExternalIv, null, null);
  }

  /** The same, of and for values with a tweak. */
  public T[] reprotect(
      String oldDataElement,
      String newDataElement,
      T[] values,
      byte[] oldExternalIv,
      byte[] newExternalIv,
      byte[] oldExternalTweak,
      byte[] newExternalTweak) {
    return session.reprotect(
        oldDataElement,
        newDataElement,
        values.length,
        move -> {
          BulkResult<String> texts = type.texts(ReturnCode.REPROTECTED, values);
          BulkResult<String> moved =
              move.of(
                      texts.values(),
                      move.from().variation(oldExternalIv, oldExternalTweak),
                      move.to().variation(newExternalIv, newExternalTweak))
                  .after(texts);
          return Move.withoutReason(type.values(moved)).after(moved);
        });
  }

  private T[] one(T value) {
    T[] values = type.array(1);
    values[0] = value;
    return values;
  }
}
