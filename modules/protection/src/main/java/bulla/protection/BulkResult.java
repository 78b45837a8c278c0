package bulla.protection;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What became of each value of a bulk call: its result, or why there is none. One value that fails
 * does not stop the others. Immutable once the call is over.
 *
 * @param <T> text or bytes
 */
public final class BulkResult<T> {
  private final ReturnCode success;
  private final T[] values;
  private ReturnCode[] otherSuccesses;
  private ProtectionException[] failures;
  private int failed;

  /**
   * @param values where the results go, as many as there will be
   */
  BulkResult(ReturnCode success, T[] values) {
    this.success = success;
    this.values = values;
  }

  /**
   * What a step makes of each of some values on its own. The step throws {@link
   * ProtectionException} for a value that it cannot process; a null is one without being asked.
   *
   * @param success the code of a value for which it throws none
   * @param array makes the array of the results
   */
  public static <V, R> BulkResult<R> each(
      ReturnCode success, V[] values, IntFunction<R[]> array, Function<V, R> step) {
    var result = new BulkResult<>(success, array.apply(values.length));
    for (int i = 0; i < values.length; i++) {
      result.convert(i, values[i], step);
    }
    return result;
  }

  /** The number of values. */
  public int size() {
    return values.length;
  }

  /** The result of one value, or null when it failed. */
  public T value(int index) {
    return values[index];
  }

  /** Why a value failed, if it did. */
  public Optional<ProtectionException> failure(int index) {
    return failures == null ? Optional.empty() : Optional.ofNullable(failures[index]);
  }

  /**
   * The published code of one value: 6, 8 or, for what an inactive key unprotected, 11; else that
   * of its failure.
   */
  public ReturnCode code(int index) {
    if (failures != null && failures[index] != null) {
      return failures[index].code();
    }
    ReturnCode other = otherSuccesses == null ? null : otherSuccesses[index];
    return other == null ? success : other;
  }

  /** How many values failed. */
  public int failed() {
    return failed;
  }

  /** How many values have this code. */
  public int count(ReturnCode code) {
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      count += code(i) == code ? 1 : 0;
    }
    return count;
  }

  /** All results in the order of the values, with null for each that failed. */
  public T[] values() {
    return values.clone();
  }

  /**
   * All results, where every value has one.
   *
   * @throws ProtectionException the first failure
   */
  public T[] valuesOrThrow() {
    for (int i = 0; i < values.length && failed > 0; i++) {
      if (failures[i] != null) {
        throw failures[i];
      }
    }
    return values.clone();
  }

  /**
   * What a further step makes of each result on its own. A value that failed before it stays failed
   * of the same reason, and the codes of success stay.
   *
   * @param array makes the array of the results
   */
  public <R> BulkResult<R> then(IntFunction<R[]> array, Function<T, R> step) {
    var next = new BulkResult<>(success, array.apply(values.length));
    next.otherSuccesses = otherSuccesses;
    for (int i = 0; i < values.length; i++) {
      if (failures != null && failures[i] != null) {
        next.fail(i, failures[i]);
      } else {
        next.convert(i, values[i], step);
      }
    }
    return next;
  }

  /**
   * These results of what an earlier bulk call gave: a value that failed there has failed of that
   * reason, whatever became here of the null in its place.
   */
  public BulkResult<T> after(BulkResult<?> earlier) {
    if (earlier.failed == 0) {
      return this;
    }
    var both = new BulkResult<>(success, values.clone());
    both.otherSuccesses = otherSuccesses;
    for (int i = 0; i < values.length; i++) {
      Optional<ProtectionException> failure = earlier.failure(i);
      int index = i;
      (failure.isPresent() ? failure : failure(i)).ifPresent(reason -> both.fail(index, reason));
    }
    return both;
  }

  /** These results, in which every failure is this one. */
  public BulkResult<T> failingAs(ReturnCode code) {
    var told = new BulkResult<>(success, values);
    told.otherSuccesses = otherSuccesses;
    for (int i = 0; i < values.length && failed > 0; i++) {
      if (failures[i] != null) {
        told.fail(i, new ProtectionException(code));
      }
    }
    return told;
  }

  void put(int index, T value) {
    values[index] = value;
  }

  /** Notes that a success counts as another one than usually. */
  void succeedAs(int index, ReturnCode code) {
    if (code != success) {
      if (otherSuccesses == null) {
        otherSuccesses = new ReturnCode[values.length];
      }
      otherSuccesses[index] = code;
    }
  }

  /** Carries out one value on its own. */
  <V> void convert(int index, V value, Function<V, T> step) {
    try {
      if (value == null) {
        throw new ProtectionException(ReturnCode.INPUT_OUT_OF_LIMITS, "The input is null.");
      }
      values[index] = step.apply(value);
    } catch (ProtectionException e) {
      fail(index, e);
    }
  }

  /** Notes why one value has no result. */
  void fail(int index, ProtectionException reason) {
    if (failures == null) {
      failures = new ProtectionException[values.length];
    }
    failures[index] = reason;
    values[index] = null;
    failed++;
  }
}
