package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.ProtectionException;

/**
 * A session for values of a Java type: {@code session.as(ValueType.INT).protect("DE_AGE", 42)}. All
 * that is said of {@link Session} holds here too; a null that a rule answers is null. A result that
 * is no value of the type fails as every other value that cannot be processed: code 44, with its
 * index, and recorded so.
 */
public final class TypedSession<T> {
  /** Turns one value into another, or says by a {@link ProtectionException} why it cannot. */
  @FunctionalInterface
  private interface Conversion<A, B> {
    B of(A value);
  }

  private final Session session;
  private final ValueType<T> type;

  TypedSession(Session session, ValueType<T> type) {
    this.session = session;
    this.type = type;
  }

  /** The protected form of a value. */
  public T protect(String dataElement, T clear) {
    return protect(dataElement, one(clear), null)[0];
  }

  /** The protected forms of some values, varied by one external IV; null for none. */
  public T[] protect(String dataElement, T[] clear, byte[] externalIv) {
    return values(
        Operation.PROTECT,
        session.protect(
            dataElement, texts(Operation.PROTECT, clear), externalIv, null, this::ofTheType));
  }

  /** The clear value; null where the rule answers so. */
  public T unprotect(String dataElement, T value) {
    return unprotect(dataElement, one(value), null)[0];
  }

  /** The clear values of some that were protected with one external IV; null for none. */
  public T[] unprotect(String dataElement, T[] values, byte[] externalIv) {
    return values(
        Operation.UNPROTECT,
        session.unprotect(
            dataElement, texts(Operation.UNPROTECT, values), externalIv, null, this::ofTheType));
  }

  /** The value of one data element as one of another. */
  public T reprotect(String oldDataElement, String newDataElement, T value) {
    return reprotect(oldDataElement, newDataElement, one(value), null, null)[0];
  }

  /** The values of one data element as ones of another, each side with its external IV or null. */
  public T[] reprotect(
      String oldDataElement,
      String newDataElement,
      T[] values,
      byte[] oldExternalIv,
      byte[] newExternalIv) {
    return values(
        Operation.REPROTECT,
        session.reprotect(
            oldDataElement,
            newDataElement,
            texts(Operation.REPROTECT, values),
            oldExternalIv,
            newExternalIv,
            null,
            null,
            this::ofTheType));
  }

  /**
   * The same results, in which a text that no value of the type stands for has failed: before the
   * call is recorded, and each on its own.
   */
  private BulkResult<String> ofTheType(BulkResult<String> results) {
    return results.then(
        String[]::new,
        text -> {
          type.value(text);
          return text;
        });
  }

  private T[] one(T value) {
    T[] values = type.array(1);
    values[0] = value;
    return values;
  }

  private String[] texts(Operation operation, T[] values) {
    return converted(operation, values, new String[values.length], type::text);
  }

  private T[] values(Operation operation, String[] texts) {
    return converted(operation, texts, type.array(texts.length), type::value);
  }

  private static <A, B> B[] converted(
      Operation operation, A[] from, B[] to, Conversion<A, B> conversion) {
    for (int i = 0; i < from.length; i++) {
      try {
        to[i] = conversion.of(from[i]);
      } catch (ProtectionException e) {
        throw new ProtectorException(e.code(), operation.failureText(e.getMessage()), i);
      }
    }
    return to;
  }
}
