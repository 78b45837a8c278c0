package bulla.resilientpackage.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Makes parsers to which a null is an error, like a repeated member. The mapper's own switch for
 * nulls takes an absent member for one, and absent is how optional members are left out.
 */
final class NullRefusingFactory extends JsonFactory {
  private static final long serialVersionUID = 1L;

  NullRefusingFactory() {
    super(
        new JsonFactoryBuilder()
            // UTF-8, whatever else it could be guessed to be.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The source may hold keys; an error shows where it is wrong, not what stands there.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION));
  }

  @Override
  public JsonParser createParser(String json) throws IOException {
    return new NullRefusing(super.createParser(json));
  }

  @Override
  public JsonParser createParser(byte[] json) throws IOException {
    return new NullRefusing(super.createParser(json));
  }

  @Override
  public JsonParser createParser(byte[] json, int from, int length) throws IOException {
    return new NullRefusing(super.createParser(json, from, length));
  }

  private static final class NullRefusing extends JsonParserDelegate {
    NullRefusing(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        throw new JsonParseException(this, "A member or element must be absent, not null");
      }
      return token;
    }

    @Override
    public JsonToken nextValue() throws IOException {
      JsonToken token = nextToken();
      return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }
  }
}
