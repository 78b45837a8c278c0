package bulla.protection;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What became of each value of a bulk call: its result, or why there is none. One value that fails
 * does not stop the others. Immutable once the call is over.
 */
public final class BulkResult {
  private final ReturnCode success;
  private final String[] values;
  private ProtectionException[] failures;
  private int failed;

  BulkResult(ReturnCode success, int size) {
    this.success = success;
    this.values = new String[size];
  }

  /** The number of values. */
  public int size() {
    return values.length;
  }

  /** The result of one value, or null when it failed. */
  public String value(int index) {
    return values[index];
  }

  /** Why a value failed, if it did. */
  public Optional<ProtectionException> failure(int index) {
    return failures == null ? Optional.empty() : Optional.ofNullable(failures[index]);
  }

  /** The published code of one value: 6 or 8 for a success, else that of its failure. */
  public ReturnCode code(int index) {
    return failure(index).map(ProtectionException::code).orElse(success);
  }

  /** How many values failed. */
  public int failed() {
    return failed;
  }

  /** All results in the order of the values, with null for each that failed. */
  public String[] values() {
    return values.clone();
  }

  /**
   * All results, where every value has one.
   *
   * @throws ProtectionException the first failure
   */
  public String[] valuesOrThrow() {
    for (int i = 0; i < values.length && failed > 0; i++) {
      if (failures[i] != null) {
        throw failures[i];
      }
    }
    return values.clone();
  }

  void put(int index, String value) {
    values[index] = value;
  }

  /** Carries out one value on its own. */
  void convert(int index, String value, UnaryOperator<String> step) {
    try {
      if (value == null) {
        throw new ProtectionException(ReturnCode.INPUT_OUT_OF_LIMITS, "The input is null.");
      }
      values[index] = step.apply(value);
    } catch (ProtectionException e) {
      if (failures == null) {
        failures = new ProtectionException[values.length];
      }
      failures[index] = e;
      failed++;
    }
  }
}
