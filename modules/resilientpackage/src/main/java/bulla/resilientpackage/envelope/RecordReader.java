package bulla.resilientpackage.envelope;

import bulla.protection.CodePoints;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads records from JSON as {@link PayloadJson}'s mapper writes them: an object with a member for
 * each component that is not null, in any order, and no other. Of a large package, data binding
 * would take a fifth of the first activation, as it learns each type by reflection in code that is
 * not yet compiled (ADR 38).
 */
final class RecordReader {
  /** In bytes; the longest alphabet of Unicode takes some 600,000. */
  private static final int LONGEST_ALPHABET = 1 << 20;

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return new Shape(type);
        }
      };

  private RecordReader() {}

  /**
   * The record of that type that comes next. A component without a member is null; a primitive one
   * must have it.
   *
   * @throws IllegalArgumentException when there is something else, or what the record refuses
   */
  static <T extends Record> T read(JsonCursor json, Class<T> type) throws IOException {
    Shape shape = SHAPES.get(type);
    var values = new Object[shape.types.length];
    var present = new boolean[values.length];
    json.enter('{');
    while (json.hasNext('}')) {
      Integer number = shape.numbers.get(json.name());
      if (number == null || present[number]) {
        throw new IllegalArgumentException("A member is unknown, or there twice");
      }
      present[number] = true;
      values[number] = value(json, shape.types[number]);
    }
    for (int i = 0; i < values.length; i++) {
      if (!present[i] && shape.types[i].isPrimitive()) {
        throw new IllegalArgumentException("A member is missing");
      }
    }
    try {
      return type.cast(shape.constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalArgumentException("The record refuses a value", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static Object value(JsonCursor json, Class<?> type) throws IOException {
    if (type == String.class) {
      return json.text();
    }
    if (type == Integer.class || type == int.class) {
      return Math.toIntExact(json.number());
    }
    if (type == Boolean.class || type == boolean.class) {
      return json.truth();
    }
    if (type == CodePoints.class) {
      return CodePoints.parse(json.text(LONGEST_ALPHABET));
    }
    if (type.isEnum()) {
      return constant(type, json.text());
    }
    return read(json, type.asSubclass(Record.class));
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("No such constant");
  }

  /** What a type of records is made of, and by. */
  private static final class Shape {
    private final Constructor<?> constructor;
    private final Class<?>[] types;
    private final Map<String, Integer> numbers = new HashMap<>();

    Shape(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        numbers.put(components[i].getName(), i);
      }
      try {
        constructor = type.getDeclaredConstructor(types);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("Every record has its canonical constructor", e);
      }
    }
  }
}
