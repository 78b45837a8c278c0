package bulla.auditchain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.StringJoiner;

/**
 * The canonical form (RFC 8785) of JSON that somebody else wrote. Two texts of one value have the
 * same. Numbers must be whole: the shortest form of any other would be that of ECMAScript.
 */
public final class CanonicalJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  private CanonicalJson() {}

  /**
   * The canonical form of {@code json}, which is one value.
   *
   * @throws IllegalArgumentException if it is no JSON, has a member twice, nests deeper than 64, or
   *     has a number that is not whole or beyond 2^53 - 1, or a text with an unpaired surrogate
   */
  public static String of(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      String canonical = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("Something follows the JSON value");
      }
      return canonical;
    } catch (IOException malformed) {
      // Without the cause, whose message may quote what it stumbled over.
      throw new IllegalArgumentException("The text is not JSON with a canonical form");
    }
  }

  private static String value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("There is no JSON value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> CanonicalText.quoted(parser.getText());
      case VALUE_NUMBER_INT -> CanonicalObject.number("A value", parser.getLongValue());
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> token.asString();
      default -> throw new IllegalArgumentException("A value has no canonical form here: " + token);
    };
  }

  private static String object(JsonParser parser) throws IOException {
    var object = new CanonicalObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.putCanonical(name, value(parser));
    }
    return object.toString();
  }

  private static String array(JsonParser parser) throws IOException {
    var array = new StringJoiner(",", "[", "]");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array.toString();
  }
}
