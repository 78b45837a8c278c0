package bulla.commonops.document;

import bulla.commonops.http.CorrelationId;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The headers of answers. */
final class Headers {
  static final String CORRELATION_ID = CorrelationId.HEADER;
  static final String EXAMPLE_ID = "7f0c0e6e-6c0f-4f0e-9b53-0f2f7c6f6a10";

  private static final String EXAMPLE_TAG = "\"v1\"";

  private Headers() {}

  /** Puts the example where readers look for it: annotations can give it with the schema alone. */
  static void complete(String name, Header header) {
    Schema schema = header.getSchema();
    if (header.getExample() != null || schema == null) {
      return;
    }
    if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
      header.setExample(schema.getExamples().get(0));
      schema.setExamples(null);
    } else if (name.equals(HttpHeaders.ETAG)) {
      header.setExample(EXAMPLE_TAG);
    }
  }

  static Header tag() {
    return text("The state of the object, for `If-Match` and `If-None-Match`", EXAMPLE_TAG, true);
  }

  static Header correlationId() {
    return text("Ties the answer, the server's log and the journal together", EXAMPLE_ID, true);
  }

  static Header text(String description, String example, boolean always) {
    return header(SchemaType.STRING, description, example, always);
  }

  static Header number(String description, int example, boolean always) {
    return header(SchemaType.INTEGER, description, example, always);
  }

  private static Header header(
      SchemaType type, String description, Object example, boolean always) {
    return OASFactory.createHeader()
        .description(description)
        .required(always ? true : null)
        .schema(OASFactory.createSchema().type(List.of(type)))
        .example(example);
  }
}
