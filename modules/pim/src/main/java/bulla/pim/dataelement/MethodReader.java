package bulla.pim.dataelement;

import bulla.commonops.problem.CommonProblem;
import bulla.pim.object.PimProblem;
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
import java.io.IOException;

/**
 * Reads the protection method of a request: the form of {@link MethodJson}, with the problems that
 * a client needs to mend the request, each naming the member.
 */
public final class MethodReader extends StdDeserializer<ProtectionMethod> {
  private static final long serialVersionUID = 1L;

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
    try {
      return context.readValue(parser, MethodJson.types().get(key));
    } catch (JsonMappingException refused) {
      if (refused.getCause() instanceof InvalidMethodException invalid) {
        throw PimProblem.INVALID_METHOD.because(invalid.getMessage(), key + "." + invalid.member());
      }
      refused.prependPath(ProtectionMethod.class, key);
      throw refused;
    }
  }

  private static String printable(String key) {
    return key.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
