package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;

/**
 * What the APIs' own OpenAPI documents promise, held against every answer that a test gets: the
 * operation, the status, the media type, the body, the headers; and against the body of every
 * request that succeeded. The documents leave it open whether an answer has members that they do
 * not name; here none may.
 */
final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** The headers that mean something to clients and must be documented where they are sent. */
  private static final List<String> OURS =
      List.of(
          "content-disposition",
          "etag",
          "link",
          "location",
          "pty_access_jwt_token",
          "retry-after",
          "www-authenticate",
          "x-correlation-id",
          "x-total-count");

  private static final List<Contract> ALL =
      List.of(new Contract("auth"), new Contract("pim"), new Contract("rps"));

  private final JsonNode document;
  private final String base;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final Set<Operation> answered = ConcurrentHashMap.newKeySet();

  /**
   * One operation.
   *
   * @param path matches its paths
   */
  private record Operation(String id, String method, Pattern path, JsonNode node) {
    boolean matches(String requestMethod, String requestPath) {
      return method.equals(requestMethod) && path.matcher(requestPath).matches();
    }
  }

  private Contract(String api) {
    document = read(api);
    base = document.path("servers").path(0).path("url").asText();
    close(document.path("components").path("schemas"));
    // A literal path goes before one with a parameter in the same place.
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .forEach(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getValue().path("operationId").asText(),
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    pattern(base + path.getKey()),
                                    method.getValue()))));
    operations.sort((one, other) -> Boolean.compare(hasParameter(one), hasParameter(other)));
  }

  /** The document of an API, as its module's jar has it. */
  static JsonNode read(String api) {
    try (InputStream in =
        Contract.class.getResourceAsStream("/META-INF/openapi/" + api + ".json")) {
      return JSON.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Asserts that an answer is as documented; of what is no API it asserts nothing. */
  static void require(Answer answer) {
    String path = answer.http().uri().getRawPath();
    ALL.stream()
        .filter(contract -> path.startsWith(contract.base + "/"))
        .findFirst()
        .ifPresent(contract -> contract.check(path, answer));
  }

  /** The operations that no test has got a success from, with their APIs. */
  static List<String> unanswered() {
    return ALL.stream()
        .flatMap(
            contract ->
                contract.operations.stream()
                    .filter(operation -> !contract.answered.contains(operation))
                    .map(operation -> contract.base + " " + operation.id()))
        .toList();
  }

  private void check(String path, Answer answer) {
    String method = answer.http().request().method();
    Optional<Operation> found =
        operations.stream().filter(candidate -> candidate.matches(method, path)).findFirst();
    if (found.isEmpty()) {
      // OPTIONS and HEAD are the container's; whatever else no document names is a problem.
      if (!Set.of("OPTIONS", "HEAD").contains(method)) {
        assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
        validate(document.path("components").path("schemas").path("ProblemDocument"), answer);
      }
      return;
    }
    Operation operation = found.get();
    String told = operation.id() + ": " + answer;
    JsonNode response = resolved(operation.node().path("responses").path("" + answer.status()));
    assertThat(response.isMissingNode()).as("no such status in the document: %s", told).isFalse();
    body(response.path("content"), answer, told);
    headers(response.path("headers"), answer.http().headers(), told);
    if (answer.status() < 400) {
      request(operation.node().path("requestBody"), answer, told);
      answered.add(operation);
    }
  }

  /** What the server has taken is what the document says that it takes. */
  private void request(JsonNode documented, Answer answer, String told) {
    HttpRequest request = answer.http().request();
    long length = request.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L);
    if (length < 0) {
      // A stream, which cannot be had twice.
      return;
    }
    if (length == 0) {
      assertThat(documented.path("required").asBoolean()).as("a body is due: %s", told).isFalse();
      return;
    }
    String sent = sent(request.bodyPublisher().orElseThrow());
    String type = bare(request.headers().firstValue("Content-Type").orElse(""));
    JsonNode schema =
        documented.path("content").properties().stream()
            .filter(candidate -> bare(candidate.getKey()).equals(type))
            .map(media -> media.getValue().path("schema"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such body in the document: " + told));
    assertThat(errors(schema, type.endsWith("json") ? tree(sent) : form(sent)))
        .as("the body %s of %s", sent, told)
        .isEmpty();
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  private static JsonNode form(String text) {
    ObjectNode fields = JSON.createObjectNode();
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static String sent(BodyPublisher body) {
    var text = BodySubscribers.ofString(StandardCharsets.UTF_8);
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            text.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer part) {
            text.onNext(List.of(part));
          }

          @Override
          public void onError(Throwable failure) {
            text.onError(failure);
          }

          @Override
          public void onComplete() {
            text.onComplete();
          }
        });
    return text.getBody().toCompletableFuture().join();
  }

  private void body(JsonNode content, Answer answer, String told) {
    if (content.isMissingNode()) {
      assertThat(answer.bytes()).as("no body in the document: %s", told).isEmpty();
      return;
    }
    String type = bare(answer.header("Content-Type"));
    JsonNode media =
        content.properties().stream()
            .filter(candidate -> bare(candidate.getKey()).equals(type))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such media type in the document: " + told));
    if (type.endsWith("json") && !type.endsWith("ndjson")) {
      validate(media.path("schema"), answer);
    }
  }

  private static void headers(JsonNode documented, HttpHeaders sent, String told) {
    for (String name : OURS) {
      JsonNode header =
          documented.properties().stream()
              .filter(candidate -> candidate.getKey().equalsIgnoreCase(name))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(JsonNodeFactory.instance.missingNode());
      Optional<String> value = sent.firstValue(name);
      if (value.isPresent()) {
        assertThat(header.isMissingNode()).as("no %s in the document: %s", name, told).isFalse();
        if (header.path("schema").path("type").asText().equals("integer")) {
          assertThat(value.get()).as("%s: %s", name, told).matches("-?[0-9]+");
        }
      } else {
        assertThat(header.path("required").asBoolean()).as("%s: %s", name, told).isFalse();
      }
    }
  }

  private void validate(JsonNode schema, Answer answer) {
    assertThat(errors(schema, answer.json())).as("%s", answer).isEmpty();
  }

  private List<String> errors(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Object::toString)
        .toList();
  }

  private Schema compiled(JsonNode schema) {
    return compiled(document, schema);
  }

  /** A schema of a document, which may refer to the document's components. */
  static Schema compiled(JsonNode document, JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
  }

  private JsonNode resolved(JsonNode response) {
    return response.has("$ref")
        ? document.at(response.path("$ref").asText().substring(1))
        : response;
  }

  /** No object has members that its schema does not name. */
  private static void close(JsonNode schemas) {
    schemas.forEach(
        schema -> {
          if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
          }
        });
  }

  private static Pattern pattern(String path) {
    // The name of a user may have slashes, for which OpenAPI has no words.
    return Pattern.compile(
        path.replace("{user}", "[^/]+(?:/[^/]+)*").replaceAll("\\{[^}]*}", "[^/]+") + "/?");
  }

  private static boolean hasParameter(Operation operation) {
    return operation.path().pattern().contains("[^/]+");
  }

  private static String bare(String mediaType) {
    return mediaType.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
  }
}
