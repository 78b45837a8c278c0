package bulla.commonops.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Examples of values. A table has those of members and parameters, by {@code Schema.member} or
 * {@code operation.parameter} where it must be a special one, else by the name alone; what consists
 * of members is put together from theirs.
 */
final class Examples {
  private static final String REFERENCE = "#/components/schemas/";

  private final Map<String, Object> table = new LinkedHashMap<>();
  private final Map<String, Schema> schemas;

  /**
   * Reads tables, the later ones winning.
   *
   * @param schemas those of the document's components
   * @param resources paths on the class path of JSON objects
   */
  Examples(Map<String, Schema> schemas, Class<?> module, String... resources) {
    this.schemas = schemas;
    for (String resource : resources) {
      try (InputStream in = module.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("There is no " + resource);
        }
        new ObjectMapper()
            .readerForMapOf(Object.class)
            .<Map<String, Object>>readValue(in)
            .forEach(table::put);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /**
   * An example.
   *
   * @param value may be null, which then is the example
   */
  record Example(Object value) {
    /** As the examples of a schema. */
    List<Object> alone() {
      return Collections.singletonList(value);
    }
  }

  /** The example of a member or parameter; empty where nothing is known. */
  Optional<Example> of(String owner, String name, Schema schema) {
    return special(owner + "." + name).or(() -> special(name)).or(() -> of(schema));
  }

  /** An example of what this schema describes; empty where a part of it has none. */
  Optional<Example> of(Schema schema) {
    if (schema.getRef() != null) {
      String name = schema.getRef().substring(REFERENCE.length());
      return Optional.ofNullable(schemas.get(name)).flatMap(found -> of(name, found));
    }
    return of("", schema);
  }

  private Optional<Example> special(String name) {
    return table.containsKey(name) ? Optional.of(new Example(table.get(name))) : Optional.empty();
  }

  /** The example of the schema of this name; empty where a part of it has none. */
  Optional<Example> of(String name, Schema schema) {
    if (table.containsKey(name)) {
      return special(name);
    }
    if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
      return Optional.of(new Example(schema.getExamples().get(0)));
    }
    if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
      return Optional.of(new Example(schema.getEnumeration().get(0)));
    }
    if (schema.getItems() != null) {
      return of(schema.getItems()).map(item -> new Example(item.alone()));
    }
    if (schema.getProperties() != null) {
      var object = new LinkedHashMap<String, Object>();
      for (var member : schema.getProperties().entrySet()) {
        Optional<Example> value = of(name, member.getKey(), member.getValue());
        if (value.isEmpty()) {
          return Optional.empty();
        }
        object.put(member.getKey(), value.get().value());
      }
      return Optional.of(new Example(object));
    }
    if (schema.getAnyOf() != null) {
      return of(schema.getAnyOf().get(0));
    }
    return schema.getType() != null && schema.getType().contains(Schema.SchemaType.BOOLEAN)
        ? Optional.of(new Example(true))
        : Optional.empty();
  }

  /** An enum's constant as JSON has it. */
  static String written(Enum<?> constant) {
    try {
      JsonProperty named =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return named == null ? constant.name() : named.value();
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
