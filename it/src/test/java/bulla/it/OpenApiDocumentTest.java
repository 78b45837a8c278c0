package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents leave nothing unsaid, and their examples are what their schemas describe. */
class OpenApiDocumentTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** Code with a brace that is opened in it and not closed. */
  private static final Pattern CUT_CODE = Pattern.compile("`[^`{}]*\\{[^`}]*`");

  @ParameterizedTest
  @ValueSource(strings = {"auth", "pim", "rps"})
  void everythingHasADescription(String api) {
    JsonNode document = Contract.read(api);
    var missing = new ArrayList<String>();
    describedBy(missing, "info", document.path("info"));
    document.path("tags").forEach(tag -> describedBy(missing, tag.path("name").asText(), tag));
    JsonNode components = document.path("components");
    components.path("schemas").properties().forEach(schema -> schema(missing, schema));
    for (String kind : List.of("responses", "securitySchemes")) {
      components
          .path(kind)
          .properties()
          .forEach(one -> describedBy(missing, one.getKey(), one.getValue()));
    }
    operations(document)
        .forEach(
            (id, operation) -> {
              describedBy(missing, id, operation);
              if (operation.path("summary").asText().isEmpty()) {
                missing.add(id + " has no summary");
              }
              operation
                  .path("parameters")
                  .forEach(
                      parameter ->
                          describedBy(missing, id + " " + parameter.path("name"), parameter));
              operation
                  .path("responses")
                  .properties()
                  .forEach(
                      response -> {
                        String told = id + " " + response.getKey();
                        if (!response.getValue().has("$ref")) {
                          describedBy(missing, told, response.getValue());
                        }
                        response
                            .getValue()
                            .path("headers")
                            .properties()
                            .forEach(
                                header ->
                                    describedBy(
                                        missing, told + " " + header.getKey(), header.getValue()));
                      });
              operation
                  .path("requestBody")
                  .path("content")
                  .forEach(
                      body ->
                          body.path("schema")
                              .path("properties")
                              .properties()
                              .forEach(
                                  field ->
                                      describedBy(
                                          missing, id + " " + field.getKey(), field.getValue())));
            });

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "pim", "rps"})
  void everythingHasAnExampleThatIsValid(String api) {
    JsonNode document = Contract.read(api);
    var wrong = new ArrayList<String>();
    document
        .path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema -> {
              if (!schema.getValue().has("enum")) {
                examples(document, wrong, schema.getKey(), schema.getValue());
              }
              schema
                  .getValue()
                  .path("properties")
                  .properties()
                  .forEach(
                      member ->
                          examples(
                              document,
                              wrong,
                              schema.getKey() + "." + member.getKey(),
                              member.getValue()));
            });
    document
        .path("components")
        .path("responses")
        .properties()
        .forEach(
            response -> {
              bodies(document, wrong, response.getKey(), response.getValue());
              headers(document, wrong, response.getKey(), response.getValue());
            });
    operations(document)
        .forEach(
            (id, operation) -> {
              operation
                  .path("parameters")
                  .forEach(
                      parameter ->
                          example(
                              document,
                              wrong,
                              id + " " + parameter.path("name").asText(),
                              parameter.path("schema"),
                              parameter.get("example")));
              bodies(document, wrong, id, operation.path("requestBody"));
              operation
                  .path("responses")
                  .properties()
                  .forEach(
                      response -> {
                        String told = id + " " + response.getKey();
                        bodies(document, wrong, told, response.getValue());
                        headers(document, wrong, told, response.getValue());
                      });
            });

    assertThat(wrong).isEmpty();
  }

  private static Map<String, JsonNode> operations(JsonNode document) {
    var operations = new java.util.TreeMap<String, JsonNode>();
    document
        .path("paths")
        .forEach(
            path ->
                path.properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .map(Map.Entry::getValue)
                    .forEach(
                        one -> {
                          String id = one.path("operationId").asText();
                          assertThat(operations.put(id, one)).as("twice: " + id).isNull();
                        }));
    assertThat(operations).hasSizeGreaterThan(6);
    return operations;
  }

  private static void schema(List<String> missing, Map.Entry<String, JsonNode> schema) {
    describedBy(missing, schema.getKey(), schema.getValue());
    constants(missing, schema.getKey(), schema.getValue());
    schema
        .getValue()
        .path("properties")
        .properties()
        .forEach(
            member -> {
              String name = schema.getKey() + "." + member.getKey();
              describedBy(missing, name, member.getValue());
              constants(missing, name, member.getValue());
            });
  }

  private static void constants(List<String> missing, String name, JsonNode schema) {
    String description = schema.path("description").asText();
    schema
        .path("enum")
        .forEach(
            constant -> {
              if (!description.contains("- `" + constant.asText() + "`: ")) {
                missing.add(name + " " + constant.asText());
              }
            });
  }

  private static void describedBy(List<String> missing, String name, JsonNode node) {
    String description = node.path("description").asText();
    if (description.isBlank() || Set.of("OK", "Created", "No Content").contains(description)) {
      missing.add(name);
    }
    if (CUT_CODE.matcher(description).find()) {
      missing.add(name + " has cut code: " + description);
    }
  }

  private static void bodies(JsonNode document, List<String> wrong, String name, JsonNode body) {
    body.path("content")
        .forEach(
            media -> {
              if (media.has("examples")) {
                media
                    .path("examples")
                    .properties()
                    .forEach(
                        one ->
                            example(
                                document,
                                wrong,
                                name + " " + one.getKey(),
                                media.path("schema"),
                                one.getValue().get("value")));
              } else {
                example(document, wrong, name, media.path("schema"), media.get("example"));
              }
            });
  }

  private static void headers(
      JsonNode document, List<String> wrong, String name, JsonNode response) {
    response
        .path("headers")
        .properties()
        .forEach(
            header ->
                example(
                    document,
                    wrong,
                    name + " " + header.getKey(),
                    header.getValue().path("schema"),
                    header.getValue().get("example")));
  }

  private static void examples(
      JsonNode document, List<String> wrong, String name, JsonNode schema) {
    example(document, wrong, name, schema, schema.path("examples").get(0));
  }

  private static void example(
      JsonNode document, List<String> wrong, String name, JsonNode schema, JsonNode example) {
    if (example == null) {
      wrong.add(name + " has no example");
      return;
    }
    Contract.compiled(document, schema)
        .validate(example)
        .forEach(error -> wrong.add(name + ": " + error));
  }
}
