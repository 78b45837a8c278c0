package bulla.commonops.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The records and enums of an API's bodies, by the names of their schemas: their simple names. */
final class DocumentedTypes {
  private static final String OURS = "bulla.";

  private final Map<String, Class<?>> sent = new LinkedHashMap<>();
  private final Map<String, Class<?>> received = new LinkedHashMap<>();

  DocumentedTypes(Collection<Method> operations) {
    for (Method operation : operations) {
      for (Type parameter : operation.getGenericParameterTypes()) {
        add(parameter, received);
      }
      RequestBody body = operation.getAnnotation(RequestBody.class);
      if (body != null) {
        Stream.of(body.content())
            .forEach(content -> add(content.schema().implementation(), received));
      }
      add(operation.getGenericReturnType(), sent);
      for (APIResponse response : operation.getAnnotationsByType(APIResponse.class)) {
        Stream.of(response.content())
            .forEach(content -> add(content.schema().implementation(), sent));
      }
      for (var response : operation.getAnnotationsByType(APIResponseSchema.class)) {
        add(response.value(), sent);
      }
    }
  }

  /** Adds a type of answers that no method shows, with all that it holds. */
  void addSent(Class<?> type) {
    add(type, sent);
  }

  /** Adds a type of requests that no method shows, with all that it holds. */
  void addReceived(Class<?> type) {
    add(type, received);
  }

  /** The type behind a schema, if it is one of ours. */
  Optional<Class<?>> find(String schema) {
    return Optional.ofNullable(sent.getOrDefault(schema, received.get(schema)));
  }

  /** Whether clients send it. */
  boolean isReceived(Class<?> type) {
    return received.containsValue(type);
  }

  /** The record's component whose JSON member has this name. */
  static Optional<RecordComponent> component(Class<?> type, String member) {
    return type.isRecord()
        ? Stream.of(type.getRecordComponents())
            .filter(component -> member(component).equals(member))
            .findFirst()
        : Optional.empty();
  }

  static String member(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }

  private static void add(Type type, Map<String, Class<?>> to) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> add(argument, to));
      add(generic.getRawType(), to);
    } else if (type instanceof GenericArrayType array) {
      add(array.getGenericComponentType(), to);
    } else if (type instanceof Class<?> found) {
      if (found.isArray()) {
        add(found.getComponentType(), to);
      } else if (found.getName().startsWith(OURS) && (found.isRecord() || found.isEnum())) {
        addOurs(found, to);
      }
    }
  }

  private static void addOurs(Class<?> type, Map<String, Class<?>> to) {
    Class<?> before = to.put(type.getSimpleName(), type);
    if (before != null && before != type) {
      throw new IllegalStateException(before + " and " + type + " would have the same schema");
    }
    if (before == null && type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        Class<?> shown = implementation(component.getAccessor());
        add(shown == Void.class ? component.getGenericType() : shown, to);
      }
    }
  }

  private static Class<?> implementation(AnnotatedElement member) {
    Schema schema = member.getAnnotation(Schema.class);
    return schema == null ? Void.class : schema.implementation();
  }
}
