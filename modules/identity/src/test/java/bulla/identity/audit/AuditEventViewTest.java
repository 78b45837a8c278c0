package bulla.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.audit.Outcome;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;

class AuditEventViewTest {
  @Test
  void theDocumentNamesTheOutcomesThatThereAre() throws ReflectiveOperationException {
    Schema documented = AuditEventView.class.getMethod("outcome").getAnnotation(Schema.class);
    assertThat(documented.enumeration())
        .containsExactly(Stream.of(Outcome.values()).map(Enum::name).toArray(String[]::new));
  }
}
