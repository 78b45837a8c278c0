package bulla.pim.policy;

import bulla.resilientpackage.policy.NoAccessOperation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.Locale;

/** Reads a no-access operation in any case, and NULL, its older spelling of NULL_VALUE. */
final class NoAccessOperationReader extends StdDeserializer<NoAccessOperation> {
  private static final long serialVersionUID = 1L;

  NoAccessOperationReader() {
    super(NoAccessOperation.class);
  }

  @Override
  public NoAccessOperation deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return (NoAccessOperation) context.handleUnexpectedToken(NoAccessOperation.class, parser);
    }
    String text = parser.getText();
    String name = text.strip().toUpperCase(Locale.ROOT);
    for (NoAccessOperation operation : NoAccessOperation.values()) {
      if (operation.name().equals(name)) {
        return operation;
      }
    }
    if (name.equals("NULL")) {
      return NoAccessOperation.NULL_VALUE;
    }
    return (NoAccessOperation)
        context.handleWeirdStringValue(NoAccessOperation.class, text, "not an operation");
  }
}
