package bulla.resilientpackage.policy;

import bulla.protection.AllowShort;
import bulla.protection.CodePoints;
import bulla.protection.DateInClear;
import bulla.protection.ProtectionMethod;
import bulla.protection.TextEncoding;
import bulla.protection.Tokenizer;
import bulla.protection.TweakMode;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The one JSON form of protection methods, for REST bodies, snapshots and packages alike (which are
 * read without Jackson, ADR 38): an object with one member, named after the method, whose value has
 * the method's record components as members. In a record of which the method is a component
 * annotated {@code @JsonUnwrapped}, that member stands among the record's own: {@code
 * {"name":"DE","alphaNumericToken":{...}}}.
 *
 * <p>Written: every component that is not null, each value in one spelling. Read: absent members
 * take their defaults; unknown ones, a second method or none are errors. What the method's
 * constructor refuses arrives as a {@code ValueInstantiationException} whose cause is the {@link
 * bulla.protection.InvalidMethodException}.
 */
public final class MethodJson {
  private static final Map<String, Class<? extends ProtectionMethod>> TYPES = permittedTypes();

  private MethodJson() {}

  /** Each JSON key with its record, in the order in which the sealed interface lists them. */
  public static Map<String, Class<? extends ProtectionMethod>> types() {
    return TYPES;
  }

  /**
   * For what people send: the values of enums are accepted in any case, and {@code allowShort} also
   * as {@code ERROR} ({@code NO_GENERATE_ERROR}) and {@code PASSTHROUGH} ({@code NO_RETURN_INPUT}).
   */
  public static Module module() {
    var module = codec("bulla-protection-methods");
    module.addDeserializer(Tokenizer.class, new LenientEnum<>(Tokenizer.class, Map.of()));
    module.addDeserializer(DateInClear.class, new LenientEnum<>(DateInClear.class, Map.of()));
    module.addDeserializer(TweakMode.class, new LenientEnum<>(TweakMode.class, Map.of()));
    module.addDeserializer(
        TextEncoding.class,
        new LenientEnum<>(
            TextEncoding.class,
            Map.of(
                "UTF-8", TextEncoding.UTF8,
                "UTF-16LE", TextEncoding.UTF16LE,
                "UTF-16BE", TextEncoding.UTF16BE)));
    module.addDeserializer(
        AllowShort.class,
        new LenientEnum<>(
            AllowShort.class,
            Map.of(
                "ERROR", AllowShort.NO_GENERATE_ERROR,
                "PASSTHROUGH", AllowShort.NO_RETURN_INPUT)));
    return module;
  }

  /** For what this library wrote itself: only the spelling that it writes. */
  public static Module strictModule() {
    return codec("bulla-protection-methods-strict");
  }

  private static Map<String, Class<? extends ProtectionMethod>> permittedTypes() {
    Map<String, Class<? extends ProtectionMethod>> types = new LinkedHashMap<>();
    for (Class<?> type : ProtectionMethod.class.getPermittedSubclasses()) {
      Class<? extends ProtectionMethod> method = type.asSubclass(ProtectionMethod.class);
      types.put(key(method), method);
    }
    return Collections.unmodifiableMap(types);
  }

  /** The name of the record, with a small first letter. */
  private static String key(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static SimpleModule codec(String name) {
    var module = new SimpleModule(name);
    module.addSerializer(CodePoints.class, new CodePointsWriter());
    module.addDeserializer(CodePoints.class, new CodePointsReader());
    module.addSerializer(ProtectionMethod.class, new Writer(false));
    module.addDeserializer(ProtectionMethod.class, new Reader());
    return module;
  }

  private static final class Writer extends StdSerializer<ProtectionMethod> {
    private static final long serialVersionUID = 1L;

    private final boolean unwrapping;

    Writer(boolean unwrapping) {
      super(ProtectionMethod.class);
      this.unwrapping = unwrapping;
    }

    @Override
    public void serialize(
        ProtectionMethod method, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      if (!unwrapping) {
        generator.writeStartObject(method);
      }
      generator.writeFieldName(method.key());
      generator.writeStartObject();
      for (RecordComponent component : method.getClass().getRecordComponents()) {
        Object value = valueOf(component, method);
        if (value != null) {
          generator.writeFieldName(component.getName());
          provider.defaultSerializeValue(value, generator);
        }
      }
      generator.writeEndObject();
      if (!unwrapping) {
        generator.writeEndObject();
      }
    }

    private static Object valueOf(RecordComponent component, ProtectionMethod method) {
      try {
        return component.getAccessor().invoke(method);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " cannot be read", e);
      }
    }

    @Override
    public JsonSerializer<ProtectionMethod> unwrappingSerializer(NameTransformer unwrapper) {
      return new Writer(true);
    }

    @Override
    public boolean isUnwrappingSerializer() {
      return unwrapping;
    }
  }

  private static final class Reader extends StdDeserializer<ProtectionMethod> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(ProtectionMethod.class);
    }

    @Override
    public ProtectionMethod deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        parser.nextToken();
      }
      ProtectionMethod method = null;
      for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) {
        String key = parser.currentName();
        Class<? extends ProtectionMethod> type = TYPES.get(key);
        if (type == null) {
          throw UnrecognizedPropertyException.from(
              parser, ProtectionMethod.class, key, List.copyOf(TYPES.keySet()));
        }
        if (method != null) {
          context.reportInputMismatch(
              this, "One protection method is needed, not both %s and %s", method.key(), key);
        }
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          context.reportInputMismatch(this, "%s must be an object", key);
        }
        method = context.readValue(parser, type);
      }
      if (method == null) {
        context.reportInputMismatch(
            this, "A protection method is missing: one of %s", String.join(", ", TYPES.keySet()));
      }
      return method;
    }

    /** Another instance: Jackson takes the same one to mean that there is no unwrapped form. */
    @Override
    public JsonDeserializer<ProtectionMethod> unwrappingDeserializer(NameTransformer unwrapper) {
      return new Reader();
    }
  }

  private static final class CodePointsWriter extends StdSerializer<CodePoints> {
    private static final long serialVersionUID = 1L;

    CodePointsWriter() {
      super(CodePoints.class);
    }

    @Override
    public void serialize(CodePoints symbols, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(symbols.toString());
    }
  }

  private static final class CodePointsReader extends StdDeserializer<CodePoints> {
    private static final long serialVersionUID = 1L;

    CodePointsReader() {
      super(CodePoints.class);
    }

    @Override
    public CodePoints deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        context.reportInputMismatch(this, "Code points must be a text");
      }
      try {
        return CodePoints.parse(parser.getText());
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }
  }

  private static final class LenientEnum<E extends Enum<E>> extends StdDeserializer<E> {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, E> values;

    LenientEnum(Class<E> type, Map<String, E> aliases) {
      super(type);
      values = new LinkedHashMap<>();
      for (E value : type.getEnumConstants()) {
        values.put(value.name(), value);
      }
      values.putAll(aliases);
    }

    @Override
    public E deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        context.reportInputMismatch(this, "Must be one of %s", String.join(", ", values.keySet()));
      }
      E value = values.get(parser.getText().strip().toUpperCase(Locale.ROOT));
      if (value == null) {
        context.reportInputMismatch(this, "Must be one of %s", String.join(", ", values.keySet()));
      }
      return value;
    }
  }
}
