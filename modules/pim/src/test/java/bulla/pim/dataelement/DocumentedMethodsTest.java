package bulla.pim.dataelement;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.Problem;
import bulla.pim.PimApplication;
import bulla.protection.AllowShort;
import bulla.protection.ProtectionMethod;
import bulla.protection.Tokenizer;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document's schemas of methods against what the server takes. */
class DocumentedMethodsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StrictJson clients =
      new StrictJson(
          List.of(
              MethodJson.module(),
              new SimpleModule("clients")
                  .addDeserializer(ProtectionMethod.class, new MethodReader())));

  private final JsonNode schemas = document().path("components").path("schemas");

  /** A constant is taken where some method with it is, whatever else must be said beside. */
  @Test
  void theConstantsOfEachMemberAreThoseThatAreTaken() {
    Map<String, Set<String>> documented = new TreeMap<>();
    Map<String, Set<String>> taken = new TreeMap<>();
    MethodJson.types()
        .forEach(
            (key, type) ->
                constants(key, type)
                    .forEach(
                        (member, constants) -> {
                          String name = key + "." + member;
                          var listed = new TreeSet<String>();
                          schema(type)
                              .path("properties")
                              .path(member)
                              .path("enum")
                              .forEach(constant -> listed.add(constant.asText()));
                          documented.put(name, listed);
                          taken.put(
                              name,
                              constants.stream()
                                  .filter(constant -> isTaken(key, type, member, constant))
                                  .collect(Collectors.toCollection(TreeSet::new)));
                        }));
    assertThat(documented).isEqualTo(taken);
    assertThat(documented)
        .containsEntry("unicodeToken.allowShort", Set.of("YES"))
        .containsEntry("fpeAlpha.allowShort", Set.of("NO_GENERATE_ERROR"))
        .containsEntry("fpeNumeric.allowShort", Set.of("NO_GENERATE_ERROR", "NO_RETURN_INPUT"));
  }

  @Test
  void theExampleOfEachMethodIsTaken() {
    MethodJson.types()
        .forEach(
            (key, type) -> {
              JsonNode example = schema(type).path("examples").path(0);
              assertThat(isRead(key, (ObjectNode) example)).as("%s %s", key, example).isTrue();
            });
  }

  @Test
  void descriptionsAreWordedForReadersOfTheDocument() {
    assertThat(document().toString()).doesNotContainPattern("\\b[A-Z]\\w*#[A-Za-z_]+");
  }

  /** The enums among the members, with all constants that there are. */
  private static Map<String, List<String>> constants(
      String key, Class<? extends ProtectionMethod> type) {
    Map<String, List<String>> constants = new LinkedHashMap<>();
    for (var component : type.getRecordComponents()) {
      if (component.getType().isEnum()) {
        constants.put(component.getName(), names(component.getType()));
      }
    }
    if (MethodReader.isNeverShort(key)) {
      constants.put("allowShort", names(AllowShort.class));
    }
    return constants;
  }

  private static List<String> names(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(one -> ((Enum<?>) one).name()).toList();
  }

  private boolean isTaken(
      String key, Class<? extends ProtectionMethod> type, String member, String constant) {
    Set<String> known =
        Arrays.stream(type.getRecordComponents())
            .map(component -> component.getName())
            .collect(Collectors.toCollection(HashSet::new));
    List<ObjectNode> bodies = new ArrayList<>(List.of(JSON.createObjectNode()));
    if (known.contains("alphabetUid")) {
      bodies.get(0).put("alphabetUid", "1");
    }
    for (String flag : List.of("lengthPreserving", "preserveCase")) {
      if (known.contains(flag)) {
        bodies.addAll(with(bodies, flag, "true"));
      }
    }
    if (known.contains("fromLeft")) {
      bodies.addAll(with(bodies, "fromLeft", "1"));
    }
    if (known.contains("tokenizer")) {
      List<ObjectNode> any = List.copyOf(bodies);
      for (String tokenizer : names(Tokenizer.class)) {
        bodies.addAll(with(any, "tokenizer", '"' + tokenizer + '"'));
      }
    }
    return bodies.stream().anyMatch(body -> isRead(key, body.put(member, constant)));
  }

  /** The same bodies with one member more. */
  private static List<ObjectNode> with(List<ObjectNode> bodies, String member, String value) {
    return bodies.stream()
        .map(
            body -> {
              ObjectNode copy = body.deepCopy();
              copy.set(member, parsed(value));
              return copy;
            })
        .toList();
  }

  private boolean isRead(String key, ObjectNode members) {
    ObjectNode body = JSON.createObjectNode().put("name", "a");
    body.set(key, members);
    try {
      clients.read(
          new ByteArrayInputStream(body.toString().getBytes(StandardCharsets.UTF_8)),
          CreateDataElement.class);
      return true;
    } catch (Problem refused) {
      return false;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private JsonNode schema(Class<?> type) {
    return schemas.path(type.getSimpleName());
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static JsonNode document() {
    try (InputStream in = PimApplication.class.getResourceAsStream("/META-INF/openapi/pim.json")) {
      return JSON.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
