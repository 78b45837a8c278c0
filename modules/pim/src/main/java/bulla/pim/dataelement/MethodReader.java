package bulla.pim.dataelement;

import bulla.commonops.problem.CommonProblem;
import bulla.pim.object.PimProblem;
import bulla.protection.AllowShort;
import bulla.protection.FpeAlpha;
import bulla.protection.FpeLatin1Alpha;
import bulla.protection.FpeLatin1AlphaNumeric;
import bulla.protection.InvalidMethodException;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the protection method of a request: the form of {@link MethodJson}, with the problems that
 * a client needs to mend the request, each naming the member.
 */
public final class MethodReader extends StdDeserializer<ProtectionMethod> {
  private static final long serialVersionUID = 1L;
  private static final Set<String> NEVER_SHORT = Set.of("unicodeToken", "unicodeBase64Token");
  private static final Set<String> CARDS = Set.of("creditCardToken", "fpeCreditCard");

  /** The member around {@link #IDENTIFYING} in which some clients send them. */
  public static final String IDENTIFICATION = "valueIdentification";

  /** The members of cards that say how tokens and values are told apart. */
  public static final List<String> IDENTIFYING =
      List.of(
          "invalidLuhnDigit",
          "invalidCardType",
          "alphabeticIndicator",
          "alphabeticIndicatorPosition");

  /** Whether a method knows no short values, so that it takes allowShort YES and ignores it. */
  public static boolean isNeverShort(String key) {
    return NEVER_SHORT.contains(key);
  }

  /** Whether a method has the members {@link #IDENTIFYING}. */
  public static boolean isCard(String key) {
    return CARDS.contains(key);
  }

  /** Reads the members that are left of a data element. */
  public MethodReader() {
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
      if (!MethodJson.types().containsKey(key)) {
        throw CommonProblem.UNKNOWN_MEMBER.because(
            "There is no such member, nor a protection method of this name", printable(key));
      }
      if (method != null) {
        throw PimProblem.INVALID_METHOD.because(
            "A data element has one protection method, not both " + method.key() + " and " + key,
            key);
      }
      parser.nextToken();
      method = method(key, parser, context);
    }
    if (method == null) {
      throw PimProblem.INVALID_METHOD.because(
          "A data element needs a protection method, one of "
              + String.join(", ", MethodJson.types().keySet()));
    }
    return method;
  }

  /** Another instance: Jackson takes the same one to mean that there is no unwrapped form. */
  @Override
  public JsonDeserializer<ProtectionMethod> unwrappingDeserializer(NameTransformer unwrapper) {
    return new MethodReader();
  }

  private static ProtectionMethod method(
      String key, JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw PimProblem.INVALID_METHOD.because("The value must be an object", key);
    }
    Set<String> nested = new HashSet<>();
    JsonParser members =
        isNeverShort(key)
            ? withoutAllowShort(key, parser, context)
            : isCard(key) ? withoutIdentification(key, parser, context, nested) : parser;
    try {
      ProtectionMethod method = context.readValue(members, MethodJson.types().get(key));
      requireShortAsPublished(method);
      return method;
    } catch (JsonMappingException refused) {
      if (refused.getCause() instanceof InvalidMethodException invalid) {
        throw PimProblem.INVALID_METHOD.because(
            invalid.getMessage(),
            key
                + (isIn(nested, invalid.member()) ? "." + IDENTIFICATION : "")
                + "."
                + invalid.member());
      }
      if (!refused.getPath().isEmpty() && isIn(nested, refused.getPath().get(0).getFieldName())) {
        refused.prependPath(ProtectionMethod.class, IDENTIFICATION);
      }
      refused.prependPath(ProtectionMethod.class, key);
      throw refused;
    }
  }

  /** Whether a member stands in {@link #IDENTIFICATION}, or would, because others do. */
  private static boolean isIn(Set<String> nested, String member) {
    return !nested.isEmpty() && IDENTIFYING.contains(member);
  }

  /**
   * Takes the members out of {@link #IDENTIFICATION}, where they stand in older clients' requests.
   *
   * @param nested takes their names
   */
  private static JsonParser withoutIdentification(
      String key, JsonParser parser, DeserializationContext context, Set<String> nested)
      throws IOException {
    TokenBuffer members = context.bufferForInputBuffering(parser);
    Set<String> beside = new HashSet<>();
    members.writeStartObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!member.equals(IDENTIFICATION)) {
        beside.add(member);
        members.writeFieldName(member);
        members.copyCurrentStructure(parser);
      } else if (value == JsonToken.START_OBJECT) {
        takeOut(key, parser, members, nested);
      } else if (value != JsonToken.VALUE_NULL) {
        throw PimProblem.INVALID_METHOD.because(
            "The value must be an object", key + "." + IDENTIFICATION);
      }
    }
    members.writeEndObject();
    beside.retainAll(IDENTIFYING);
    if (!nested.isEmpty() && !beside.isEmpty()) {
      throw PimProblem.INVALID_METHOD.because(
          "Its members must stand in it or beside it, not here and there",
          key + "." + IDENTIFICATION);
    }
    return begun(members, parser);
  }

  private static void takeOut(
      String key, JsonParser parser, TokenBuffer members, Set<String> nested) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      if (!IDENTIFYING.contains(member)) {
        throw CommonProblem.UNKNOWN_MEMBER.because(
            "It has " + String.join(", ", IDENTIFYING),
            key + "." + IDENTIFICATION + "." + printable(member));
      }
      nested.add(member);
      parser.nextToken();
      members.writeFieldName(member);
      members.copyCurrentStructure(parser);
    }
  }

  private static JsonParser begun(TokenBuffer members, JsonParser of) throws IOException {
    JsonParser buffered = members.asParser(of);
    buffered.nextToken();
    return buffered;
  }

  /**
   * The published table says YES for methods that know no value that is too short, which is all
   * that they can do.
   */
  private static JsonParser withoutAllowShort(
      String key, JsonParser parser, DeserializationContext context) throws IOException {
    TokenBuffer members = context.bufferForInputBuffering(parser);
    members.writeStartObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      parser.nextToken();
      if (!member.equals("allowShort")) {
        members.writeFieldName(member);
        members.copyCurrentStructure(parser);
      } else if (!"YES".equalsIgnoreCase(parser.getText())) {
        throw PimProblem.INVALID_METHOD.because(
            "allowShort must be YES: no value is too short", key + ".allowShort");
      }
    }
    members.writeEndObject();
    return begun(members, parser);
  }

  /** Elements that were made before the rule was known stay as they are. */
  private static void requireShortAsPublished(ProtectionMethod method) {
    AllowShort allowShort =
        method instanceof FpeAlpha alpha
            ? alpha.allowShort()
            : method instanceof FpeLatin1Alpha latin
                ? latin.allowShort()
                : method instanceof FpeLatin1AlphaNumeric latin ? latin.allowShort() : null;
    if (allowShort == AllowShort.NO_RETURN_INPUT) {
      throw PimProblem.INVALID_METHOD.because(
          "allowShort must be NO_GENERATE_ERROR: only digits, and digits with letters, may be"
              + " returned as they are",
          method.key() + ".allowShort");
    }
  }

  private static String printable(String key) {
    return key.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
