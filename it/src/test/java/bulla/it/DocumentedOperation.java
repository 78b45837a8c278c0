package bulla.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One operation as a running server's own documents show it.
 *
 * @param path with the API's base path, and with names in braces for what varies
 * @param permission who may call it
 * @param auditActions the actions of the journal entries that it writes
 * @param mediaType of the body; empty where it has none
 */
record DocumentedOperation(
    String method, String path, String permission, Set<String> auditActions, String mediaType) {
  private static final List<String> APIS = List.of("/pty/v1/auth", "/pty/v2/pim", "/pty/v1/rps");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** The operations of all APIs. */
  static List<DocumentedOperation> all(TestServer server) {
    return APIS.stream().flatMap(api -> of(server, api)).toList();
  }

  boolean isRead() {
    return method.equals("GET");
  }

  /** Whether a call of this path is a call of this operation, if no other has fewer names. */
  boolean matches(String calledMethod, String calledPath) {
    return method.equals(calledMethod) && calledPath.matches(path.replaceAll("\\{[^}]*}", "[^/]+"));
  }

  /** How many parts of the path vary. */
  long names() {
    return path.chars().filter(c -> c == '{').count();
  }

  private static Stream<DocumentedOperation> of(TestServer server, String api) {
    JsonNode document =
        server.administrator().get(api + "/doc", "Accept", "application/json").with(200).json();
    var operations = new ArrayList<DocumentedOperation>();
    for (var path : fields(document.path("paths")).entrySet()) {
      for (var method : fields(path.getValue()).entrySet()) {
        if (METHODS.contains(method.getKey())) {
          JsonNode operation = method.getValue();
          var actions = new TreeSet<String>();
          operation.path("x-audit-action").forEach(action -> actions.add(action.asText()));
          operations.add(
              new DocumentedOperation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  api + path.getKey(),
                  operation.path("x-permission").asText(),
                  actions,
                  fields(operation.path("requestBody").path("content")).keySet().stream()
                      .findFirst()
                      .orElse("")));
        }
      }
    }
    return operations.stream();
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new LinkedHashMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
