package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSON as the APIs read and write it. Reading is strict: an unknown or repeated member, a number
 * where a text belongs, an explicit null for a primitive, anything after the value is refused with
 * the path of the member, and nesting, names, numbers and texts are bounded. Only the spelling of
 * enum constants is lenient in case.
 */
public final class StrictJson {
  private static final int MOST_NESTING = 32;
  private static final int LONGEST_TEXT = 1_000_000;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_NUMBER = 40;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** How Jackson tells of a member that is there twice. */
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*?)'");

  private final ObjectMapper mapper;

  /** JSON with the serializers of {@code modules} besides the plain ones. */
  public StrictJson(Iterable<? extends Module> modules) {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(MOST_NESTING)
            .maxStringLength(LONGEST_TEXT)
            .maxNameLength(LONGEST_NAME)
            .maxNumberLength(LONGEST_NUMBER)
            .build();
    var building =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .withCoercionConfig(
                LogicalType.Textual,
                config ->
                    config
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                LogicalType.Enum,
                config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
    modules.forEach(building::addModule);
    mapper = building.build();
  }

  /**
   * Reads one value of {@code type}.
   *
   * @param body in UTF-8 (RFC 8259 section 8.1)
   * @throws Problem 400 naming the member that is to blame
   */
  public Object read(InputStream body, Type type) throws IOException {
    String text = text(body.readAllBytes());
    Object value;
    try {
      value = mapper.readValue(text, mapper.constructType(type));
    } catch (JacksonException refused) {
      throw problem(refused);
    }
    if (value == null) {
      throw CommonProblem.INVALID_VALUE.because("The body must not be null");
    }
    return value;
  }

  /** The parser itself would take UTF-16 and UTF-32 too, and guess which. */
  private static String text(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException malformed) {
      throw notUtf8();
    }
    // Without a byte order mark, each of the others has a zero among its first two bytes.
    if (text.indexOf('\0') >= 0 && text.indexOf('\0') < 2) {
      throw notUtf8();
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static Problem notUtf8() {
    return CommonProblem.MALFORMED_JSON.because("The body must be in UTF-8 (RFC 8259 section 8.1)");
  }

  /** Writes {@code value} in UTF-8. The stream stays open. */
  public void write(Object value, OutputStream out) throws IOException {
    mapper
        .writer()
        .without(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(out, value);
  }

  private static Problem problem(JacksonException refused) {
    Throwable cause = refused.getCause();
    if (cause instanceof Problem problem) {
      return problem;
    }
    String path = refused instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
    if (refused instanceof StreamConstraintsException
        || cause instanceof StreamConstraintsException) {
      return CommonProblem.INVALID_VALUE.because(
          "A number has more than %d characters, a text more than %d, a name more than %d, or there are more than %d levels"
              .formatted(LONGEST_NUMBER, LONGEST_TEXT, LONGEST_NAME, MOST_NESTING),
          path.isEmpty() ? null : path);
    }
    if (!(refused instanceof JsonMappingException)) {
      return malformed(refused);
    }
    if (refused instanceof UnrecognizedPropertyException unknown) {
      return CommonProblem.UNKNOWN_MEMBER.because(
          "There is no member \"" + printable(unknown.getPropertyName()) + "\" here", path);
    }
    if (refused instanceof ValueInstantiationException
        && cause instanceof IllegalArgumentException) {
      // The constructors of our own value types say what is wrong in words meant for the client.
      return CommonProblem.INVALID_VALUE.because(cause.getMessage(), path);
    }
    if (refused instanceof MismatchedInputException mismatch) {
      return mismatch(mismatch, path);
    }
    if (cause instanceof InputCoercionException tooLarge) {
      return CommonProblem.INVALID_VALUE.because(expected(tooLarge.getTargetType()), path);
    }
    // What remains wraps a syntax error inside a nested value.
    return malformed(refused);
  }

  private static Problem mismatch(MismatchedInputException mismatch, String path) {
    String message = mismatch.getOriginalMessage();
    if (path.isEmpty() && message.startsWith("No content")) {
      return CommonProblem.INVALID_VALUE.because("A JSON body is needed");
    }
    if (message.startsWith("Trailing token")) {
      return CommonProblem.MALFORMED_JSON.because("Nothing may follow the JSON value");
    }
    return CommonProblem.INVALID_VALUE.because(
        expected(mismatch.getTargetType()), path.isEmpty() ? null : path);
  }

  private static Problem malformed(JacksonException refused) {
    var where = refused.getLocation();
    String place =
        where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    Matcher duplicate =
        DUPLICATE.matcher(refused.getOriginalMessage() == null ? "" : refused.getOriginalMessage());
    if (duplicate.lookingAt()) {
      return CommonProblem.MALFORMED_JSON.because(
          "A member is there twice" + place, printable(duplicate.group(1)));
    }
    return CommonProblem.MALFORMED_JSON.because("The JSON text ends or breaks off" + place);
  }

  /** Whether a value of this type stands in JSON as a text, like a name with rules of its own. */
  private static boolean isMadeOfText(Class<?> type) {
    return Stream.concat(
            Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
        .filter(maker -> Arrays.equals(maker.getParameterTypes(), new Class<?>[] {String.class}))
        .map(maker -> maker.getAnnotation(JsonCreator.class))
        .anyMatch(creator -> creator != null && creator.mode() == JsonCreator.Mode.DELEGATING);
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "The value is not of the expected kind";
    }
    if (type.isEnum()) {
      return "The value must be one of " + List.of(type.getEnumConstants());
    }
    String kind =
        type == String.class || isMadeOfText(type)
            ? "a text"
            : type == boolean.class || type == Boolean.class
                ? "true or false"
                : type.isPrimitive() || Number.class.isAssignableFrom(type)
                    ? "a whole number within its bounds"
                    : Iterable.class.isAssignableFrom(type) || type.isArray()
                        ? "an array"
                        : "an object";
    return "The value must be " + kind;
  }

  private static String path(List<JsonMappingException.Reference> references) {
    var path = new StringBuilder();
    for (var reference : references) {
      if (reference.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(printable(reference.getFieldName()));
      } else {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static String printable(String name) {
    return name.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** The value as text, for a module that stores JSON. */
  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A view that cannot be written", impossible);
    }
  }
}
