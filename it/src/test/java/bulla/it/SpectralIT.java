package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spectral, with its rules for OpenAPI, finds nothing in the documents, not even a hint. */
@Tag("slow")
class SpectralIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void itFindsNothingInAnyDocument() throws IOException {
    Node spectral = Node.project("spectral", directory);

    for (String api : new String[] {"auth", "pim", "rps"}) {
      JsonNode document = Contract.read(api);
      assertThat(lint(spectral, document)).as(api).isEqualTo(new Node.Ended(0, "[]", ""));

      // And it does look: with one thing less, it finds that.
      ((ObjectNode) document.path("paths").path("/version").path("get")).remove("operationId");
      Node.Ended found = lint(spectral, document);
      assertThat(found.status()).isEqualTo(1);
      assertThat(JSON.readTree(found.output()).findValuesAsText("code"))
          .containsExactly("operation-operationId");
    }
  }

  private Node.Ended lint(Node spectral, JsonNode document) throws IOException {
    Path file = Files.writeString(directory.resolve("document.json"), document.toString());
    Node.Ended ended =
        spectral.run(
            Map.of(),
            "node_modules/.bin/spectral",
            "lint",
            "--ruleset=ruleset.yaml",
            "--fail-severity=hint",
            "--format=json",
            "--quiet",
            file.toString());
    return new Node.Ended(ended.status(), ended.output().strip(), ended.errors().strip());
  }
}
