package bulla.protector;

import bulla.protection.BulkResult;
import bulla.protection.ProtectionException;
import bulla.protection.ReturnCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * How values of a Java type stand for the texts that data elements protect. A protected value is of
 * the same type, so its text must be one value's: integer tokens are always; where the text is
 * none, the code is 44. Of tokens of dates, in a million about eight are none: those of the 29th of
 * February of 600, 700, 900, 1000, 1100, 1300, 1400 and 1500, which the Julian calendar has and
 * {@link LocalDate} has not. The text of such a date can be protected, and comes back.
 */
public final class ValueType<T> {
  /** Characters, such as a password that the caller wipes. Copies stay in memory on the way. */
  public static final ValueType<char[]> CHARS =
      new ValueType<>(char[][]::new, String::new, String::toCharArray, char[]::clone);

  /** Numbers of two bytes, for integer tokens of size 2. */
  public static final ValueType<Short> SHORT =
      new ValueType<>(Short[]::new, Object::toString, Short::valueOf);

  /** Numbers of four bytes, for integer tokens of size 4. */
  public static final ValueType<Integer> INT =
      new ValueType<>(Integer[]::new, Object::toString, Integer::valueOf);

  /** Numbers of eight bytes, for integer tokens of size 8. */
  public static final ValueType<Long> LONG =
      new ValueType<>(Long[]::new, Object::toString, Long::valueOf);

  /** Dates, as {@code 2026-01-31}. */
  public static final ValueType<LocalDate> DATE =
      new ValueType<>(LocalDate[]::new, LocalDate::toString, LocalDate::parse);

  /** Dates with a time of day, as {@code 2026-01-31 23:59:59.999}; what is finer is refused. */
  public static final ValueType<LocalDateTime> DATE_TIME = dateTime();

  private final IntFunction<T[]> array;
  private final Function<T, String> toText;
  private final Function<String, T> fromText;
  private final UnaryOperator<T> copy;

  private ValueType(
      IntFunction<T[]> array, Function<T, String> toText, Function<String, T> fromText) {
    this(array, toText, fromText, UnaryOperator.identity());
  }

  private ValueType(
      IntFunction<T[]> array,
      Function<T, String> toText,
      Function<String, T> fromText,
      UnaryOperator<T> copy) {
    this.array = array;
    this.toText = toText;
    this.fromText = fromText;
    this.copy = copy;
  }

  private static ValueType<LocalDateTime> dateTime() {
    DateTimeFormatter form =
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss.SSS")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    return new ValueType<>(
        LocalDateTime[]::new,
        value -> {
          String text = form.format(value);
          if (!LocalDateTime.parse(text, form).equals(value)) {
            throw new ProtectionException(ReturnCode.CONTENT_NOT_VALID);
          }
          return text;
        },
        text -> LocalDateTime.parse(text, form));
  }

  T[] array(int length) {
    return array.apply(length);
  }

  T copy(T value) {
    return copy.apply(value);
  }

  /** The texts of some values. */
  BulkResult<String> texts(ReturnCode success, T[] values) {
    return BulkResult.each(success, values, String[]::new, toText);
  }

  /** The values of some texts. A text that is no value's, or not the one text of it, fails. */
  BulkResult<T> values(BulkResult<String> texts) {
    return texts.then(array, this::value);
  }

  private T value(String text) {
    try {
      T value = fromText.apply(text);
      if (toText.apply(value).equals(text)) {
        return value;
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw notOne();
    }
    throw notOne();
  }

  private static ProtectionException notOne() {
    return new ProtectionException(
        ReturnCode.CONTENT_NOT_VALID, "The result is not a value of the wanted type.");
  }
}
