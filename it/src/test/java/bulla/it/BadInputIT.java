package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the APIs' own documents that takes JSON, with what its document forbids: made
 * from the document's example by spoiling one member at a time. The answer is a problem document
 * that names the member, never a failure of the server, and nothing has changed.
 */
@SharedServer
@Order(SideBySide.BEHIND_OWN_SERVERS)
class BadInputIT {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("post", "put", "delete");
  private static final int TOO_DEEP = 200;
  private static final int TEN_MEGABYTES = 10_000_000;

  /** More than the server takes, too. */
  private static final int TWO_MEGABYTES = 2_000_000;

  /** What is listed before and after. */
  private static final List<String> LISTS =
      List.of(
          "/pty/v1/auth/users",
          "/pty/v1/auth/groups",
          "/pty/v1/auth/roles",
          "/pty/v1/auth/saml/providers",
          "/pty/v1/auth/keyring",
          "/pty/v1/auth/jwks",
          PIM + "/sources",
          PIM + "/roles",
          PIM + "/alphabets",
          PIM + "/masks",
          PIM + "/dataelements",
          PIM + "/applications",
          PIM + "/policies",
          PIM + "/datastores",
          PIM + "/deploy");

  /** A connection of each type of source; no server is asked for any of them. */
  private static final Map<String, Map<String, Object>> CONNECTIONS =
      Map.of(
          "FILE",
          Map.of("userFile", "users.txt", "groupFile", "groups.txt"),
          "LDAP",
          directory("userBaseDn", "bindDn"),
          "POSIX",
          directory("userBaseDn", "bindDn"),
          "AD",
          directory("baseDn", "userName"),
          "DATABASE",
          Map.of(
              "vendor",
              "POSTGRESQL",
              "host",
              "database.example.com",
              "dsn",
              "people",
              "userName",
              "reader",
              "password",
              "a password",
              "usersQuery",
              "select name from people",
              "timeout",
              10),
          "AZURE",
          Map.of(
              "tenantId",
              "example.onmicrosoft.com",
              "clientId",
              "1234",
              "clientSecret",
              "a password",
              "environment",
              "GLOBAL",
              "recursive",
              true));

  private static Map<String, Object> directory(String base, String account) {
    return Map.of(
        "host",
        "directory.example.com",
        "port",
        636,
        "useSsl",
        true,
        account,
        "cn=reader,dc=example,dc=com",
        "password",
        "a password",
        base,
        "dc=example,dc=com",
        "recursive",
        true);
  }

  /**
   * An operation with a JSON body.
   *
   * @param path with the uids of objects that exist
   * @param part the member of the body that is spoilt; the body as a whole too where it is empty
   */
  private record Operation(
      String id,
      String method,
      String path,
      JsonNode document,
      JsonNode schema,
      JsonNode example,
      String part) {
    /** The same with another body, of which a part is spoilt. */
    Operation with(JsonNode body, String ofIt) {
      return new Operation(id, method, path, document, schema, body, ofIt);
    }

    @Override
    public String toString() {
      return id + (part.isEmpty() ? "" : " with " + example);
    }
  }

  /**
   * A spoilt body.
   *
   * @param member that must be named; empty where the body as a whole is to blame
   */
  private record Spoilt(String what, String member, String body) {}

  @Test
  void oneSpoiltMemberIsNamedAndChangesNothing(TestServer server) {
    spoilEverything(server, false);
  }

  @Test
  @Tag("slow")
  void anySpoiltMemberIsNamedAndChangesNothing(TestServer server) {
    spoilEverything(server, true);
  }

  private static void spoilEverything(TestServer server, boolean all) {
    Api caller = everybody(server);
    List<Operation> operations = operations(caller);
    assertThat(operations).hasSizeGreaterThan(30 + 30 + CONNECTIONS.size());
    List<String> listed = listed(caller, operations);
    Map<String, String> before = lists(caller, listed);
    var wrong = new ConcurrentLinkedQueue<String>();
    SideBySide.each(
        operations,
        operation -> {
          for (Spoilt spoilt : spoilt(operation, all)) {
            Answer answer = send(caller, operation, spoilt.body());
            if (!isNamed(spoilt.member(), answer)) {
              wrong.add(operation + ", " + spoilt.what() + " " + spoilt.member() + ": " + answer);
            }
          }
        });
    assertThat(wrong).isEmpty();
    assertThat(lists(caller, listed)).isEqualTo(before);
  }

  /** Whether the caller is told that it is to blame, and which member is. */
  private static boolean isNamed(String member, Answer answer) {
    if (answer.status() < 400 || answer.status() > 499) {
      return false;
    }
    JsonNode problem = answer.problem();
    return (problem.path("member").asText() + " " + problem.path("detail").asText())
        .contains(member);
  }

  private static Answer send(Api caller, Operation operation, String body) {
    return send(caller, operation.method(), operation.path(), body);
  }

  private static Answer send(Api caller, String method, String path, String body) {
    return caller.send(
        method, path, BodyPublishers.ofString(body), "Content-Type", "application/json");
  }

  /** Besides the lists, whatever the operations are about: members, rules, ranges, keys. */
  private static List<String> listed(Api caller, List<Operation> operations) {
    var listed = new LinkedHashSet<String>(LISTS);
    operations.stream()
        .map(Operation::path)
        .flatMap(path -> Stream.of(path, path.replaceAll("/[^/]*$", "")))
        .distinct()
        .filter(path -> caller.get(path).status() == 200)
        .forEach(listed::add);
    for (String nested : List.of("members", "rules", "ranges", "export/keys", "keys")) {
      assertThat(listed).anyMatch(path -> path.matches(PIM + "/[a-z]+/[0-9]+/" + nested));
    }
    return List.copyOf(listed);
  }

  private static Map<String, String> lists(Api caller, List<String> listed) {
    var lists = new LinkedHashMap<String, String>();
    for (String path : listed) {
      lists.put(path, caller.get(path).with(200).text());
    }
    return lists;
  }

  /** Somebody who may do everything, so that nothing is refused for that. */
  private static Api everybody(TestServer server) {
    server.officer();
    var names = new ArrayList<String>();
    server
        .administrator()
        .get("/pty/v1/auth/permissions")
        .with(200)
        .json()
        .forEach(permission -> names.add(permission.path("name").asText()));
    return server.as(
        names.stream().filter(name -> !name.equals("can_create_token")).toArray(String[]::new));
  }

  private static List<Operation> operations(Api caller) {
    Map<String, String> existing = existing(caller);
    var operations = new ArrayList<Operation>();
    for (String api : List.of("auth", "pim", "rps")) {
      JsonNode document = Contract.read(api);
      String base = document.path("servers").path(0).path("url").asText();
      document
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue().properties().stream()
                      .filter(method -> METHODS.contains(method.getKey()))
                      .forEach(
                          method -> {
                            JsonNode media = json(method.getValue());
                            if (!media.isMissingNode()) {
                              var operation =
                                  new Operation(
                                      method.getValue().path("operationId").asText(),
                                      method.getKey().toUpperCase(Locale.ROOT),
                                      filled(base + path.getKey(), existing),
                                      document,
                                      media.path("schema"),
                                      example(media),
                                      "");
                              operations.add(operation);
                              operations.addAll(variants(operation));
                            }
                          }));
    }
    return operations;
  }

  private static JsonNode json(JsonNode operation) {
    return operation.path("requestBody").path("content").path("application/json");
  }

  private static JsonNode example(JsonNode media) {
    return media.has("example")
        ? media.path("example")
        : media.path("examples").path(0).path("value");
  }

  /** The path with what is no uid in every place that is for one, and in the last one alone. */
  private static Set<String> bad(String path, Map<String, String> existing, String uid) {
    int last = path.lastIndexOf('{');
    if (last < 0 || path.contains("{user}")) {
      return Set.of();
    }
    var bad = new LinkedHashSet<String>(Set.of(path.replaceAll("\\{[^}]*}", uid)));
    bad.add(filled(path.substring(0, last), existing) + uid + path.replaceFirst(".*}", ""));
    return bad;
  }

  /** One operation for each kind of body, where the document's example is one of several. */
  private static List<Operation> variants(Operation operation) {
    var variants = new ArrayList<Operation>();
    if (operation.id().equals("createDataElement")) {
      resolved(operation.document(), operation.schema())
          .path("properties")
          .properties()
          .forEach(
              member -> {
                JsonNode schema = resolved(operation.document(), member.getValue());
                if (schema.path("type").asText().equals("object")) {
                  ObjectNode body = NODES.objectNode().put("name", "another");
                  body.set(member.getKey(), schema.path("examples").path(0));
                  variants.add(operation.with(body, member.getKey()));
                }
              });
    }
    if (operation.id().equals("createSource")) {
      CONNECTIONS.forEach(
          (type, connection) -> {
            ObjectNode body = NODES.objectNode().put("name", "another").put("type", type);
            body.set("connection", JSON.valueToTree(connection));
            variants.add(operation.with(body, "connection"));
          });
    }
    return variants;
  }

  /** One object of each collection whose items or whose items' parts take bodies. */
  private static Map<String, String> existing(Api caller) {
    var existing = new LinkedHashMap<String, String>();
    existing.put("sources", caller.create(PIM + "/sources", Samples.source(unique("source"))));
    existing.put("roles", caller.create(PIM + "/roles", Samples.role(unique("role"))));
    existing.put("masks", caller.create(PIM + "/masks", Samples.mask(unique("mask"))));
    existing.put(
        "dataelements",
        caller.create(PIM + "/dataelements", Samples.dataElement(unique("element"))));
    existing.put("policies", caller.create(PIM + "/policies", Samples.policy(unique("policy"))));
    existing.put(
        "datastores",
        caller.create(PIM + "/datastores", Map.of("name", unique("store"), "default", false)));
    existing.put(
        "applications",
        caller.create(
            PIM + "/applications",
            Map.of("name", unique("application"), "applicationName", "a", "applicationUser", "*")));
    return existing;
  }

  private static String filled(String path, Map<String, String> existing) {
    String filled = path;
    for (var one : existing.entrySet()) {
      filled =
          filled.replace("/" + one.getKey() + "/{uid}", "/" + one.getKey() + "/" + one.getValue());
    }
    return filled.replaceAll("\\{[^}]*}", "1");
  }

  private static List<Spoilt> spoilt(Operation operation, boolean all) {
    var spoilt = new ArrayList<Spoilt>();
    String part = operation.part();
    if (!part.isEmpty()) {
      JsonNode schema = resolved(operation.document(), operation.schema());
      members(
          operation,
          schema.path("properties").path(part),
          operation.example().path(part),
          part,
          all,
          spoilt);
      return spoilt;
    }
    String example = operation.example().toString();
    spoilt.add(new Spoilt("no body", "", ""));
    spoilt.add(new Spoilt("another kind of body", "", "\"text\""));
    spoilt.add(new Spoilt("null", "", "null"));
    spoilt.add(new Spoilt("half a body", "", example.substring(0, example.length() / 2)));
    spoilt.add(new Spoilt("something after the body", "", example + "{}"));
    spoilt.add(new Spoilt("deep nesting", "", "[".repeat(TOO_DEEP) + "]".repeat(TOO_DEEP)));
    if (all || operation.path().endsWith("s")) {
      // The filter that refuses it is one and the same; by default the collections stand for all.
      int size = all ? TEN_MEGABYTES : TWO_MEGABYTES;
      spoilt.add(new Spoilt(size + " bytes", "", "\"" + "x".repeat(size) + "\""));
    }
    members(operation, operation.schema(), operation.example(), "", all, spoilt);
    return spoilt;
  }

  private static void members(
      Operation operation,
      JsonNode schema,
      JsonNode value,
      String path,
      boolean all,
      List<Spoilt> spoilt) {
    JsonNode resolved = resolved(operation.document(), schema);
    if (value.isArray()) {
      if (!value.isEmpty()) {
        members(operation, resolved.path("items"), value.get(0), path + "[0]", all, spoilt);
      }
      return;
    }
    if (!value.isObject()) {
      return;
    }
    spoilt.add(
        with(operation, "unknown member", path, "noSuchMember", at -> at.put("noSuchMember", 1)));
    JsonNode properties = resolved.path("properties");
    if (properties.isEmpty() || value.isEmpty()) {
      return;
    }
    value
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              JsonNode type = resolved(operation.document(), properties.path(name));
              if (!type.has("type")) {
                // Any JSON is allowed there.
                return;
              }
              spoil(operation, path, name, type, member.getValue(), all, spoilt);
              members(
                  operation,
                  type,
                  member.getValue(),
                  path.isEmpty() ? name : path + "." + name,
                  all,
                  spoilt);
            });
    for (JsonNode required : resolved.path("required")) {
      String name = required.asText();
      if (value.has(name)) {
        spoilt.add(with(operation, "missing", path, name, at -> at.remove(name)));
      }
    }
    String first = value.fieldNames().next();
    spoilt.add(
        new Spoilt(
            "there twice",
            first,
            operation
                .example()
                .toString()
                .replaceFirst("\"" + first + "\":", "\"" + first + "\":null,\"" + first + "\":")));
  }

  private static void spoil(
      Operation operation,
      String path,
      String name,
      JsonNode type,
      JsonNode value,
      boolean all,
      List<Spoilt> spoilt) {
    var wrong = new ArrayList<JsonNode>();
    if (value.isTextual()) {
      wrong.add(NODES.numberNode(17));
      wrong.add(NODES.arrayNode());
      wrong.add(NODES.booleanNode(true));
    } else if (value.isNumber()) {
      wrong.add(NODES.textNode("17"));
      wrong.add(NODES.numberNode(1.5));
      wrong.add(NODES.numberNode(new java.math.BigInteger("9".repeat(30))));
    } else if (value.isBoolean()) {
      wrong.add(NODES.textNode("true"));
      wrong.add(NODES.numberNode(1));
    } else if (value.isArray()) {
      wrong.add(NODES.objectNode());
      wrong.add(NODES.textNode("x"));
    } else {
      wrong.add(NODES.arrayNode());
      wrong.add(NODES.textNode("x"));
    }
    for (JsonNode other : all ? wrong : wrong.subList(0, 1)) {
      spoilt.add(with(operation, "wrong type", path, name, at -> at.set(name, other)));
    }
    // Uids and the like are looked up, which says as well that there is no such object.
    boolean bounded =
        type.has("maxLength") || type.has("pattern") || type.has("enum") || type.has("format");
    if (value.isTextual() && (bounded || all)) {
      String named = bounded ? name : "";
      spoilt.add(with(operation, "too long", path, named, at -> at.put(name, "x".repeat(70_000))));
      spoilt.add(
          with(operation, "control character", path, named, at -> at.put(name, "a\u0000\u001Bb")));
    }
  }

  /** The example with one change at a place. */
  private static Spoilt with(
      Operation operation, String what, String path, String member, Consumer<ObjectNode> change) {
    ContainerNode<?> body = operation.example().deepCopy();
    JsonNode at = body;
    for (String part : path.replace("[0]", ".0").split("\\.", -1)) {
      if (!part.isEmpty()) {
        at = at instanceof ArrayNode ? at.get(0) : at.get(part);
      }
    }
    change.accept((ObjectNode) at);
    return new Spoilt(what + " at " + path, member, body.toString());
  }

  private static JsonNode resolved(JsonNode document, JsonNode schema) {
    JsonNode found = schema;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    if (found.has("anyOf")) {
      return resolved(document, found.path("anyOf").get(0));
    }
    return found;
  }

  /** With the document's example, where it has one. */
  private static Answer callWith(Api caller, String method, String path, JsonNode body) {
    return body.isMissingNode()
        ? caller.send(method, path, BodyPublishers.noBody())
        : send(caller, method, path, body.toString());
  }

  @Test
  void whatIsNoUidOrNumberIsRefusedWherePathsAndQueriesHaveIt(TestServer server) {
    Api caller = everybody(server);
    Map<String, String> existing = existing(caller);
    var asked = new LinkedHashSet<String>();
    var calls = new ArrayList<Runnable>();
    for (String api : List.of("auth", "pim", "rps")) {
      JsonNode document = Contract.read(api);
      String base = document.path("servers").path(0).path("url").asText();
      document
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue().properties().stream()
                      .filter(method -> !bad(base + path.getKey(), existing, "0").isEmpty())
                      .filter(method -> method.getValue().has("operationId"))
                      .forEach(
                          method -> {
                            String name = method.getKey().toUpperCase(Locale.ROOT);
                            JsonNode body = example(json(method.getValue()));
                            for (String uid : List.of("0", "-1", "1e3", "99999999999999999999")) {
                              for (String one : bad(base + path.getKey(), existing, uid)) {
                                calls.add(() -> callWith(caller, name, one, body).problem());
                              }
                            }
                            asked.add(name);
                          }));
    }
    SideBySide.each(calls, Runnable::run);
    assertThat(asked).containsExactlyInAnyOrder("GET", "POST", "PUT", "DELETE");
    caller.get("/pty/v1/auth/users?max=x").problem(400, "INVALID_PARAMETER");
  }
}
