package bulla.commonops.document;

import bulla.commonops.http.CorrelationId;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The headers of answers. */
final class Headers {
  static final String CORRELATION_ID = CorrelationId.HEADER;
  static final String EXAMPLE_ID = "7f0c0e6e-6c0f-4f0e-9b53-0f2f7c6f6a10";

  private Headers() {}

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
