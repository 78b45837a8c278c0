package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample request of the published Authentication and Token Management API, and of the common
 * and the Policy Management APIs, with the status and the exact members of its answer: {@code
 * published/authentication.json} and {@code published/policy.json}, the latter as one run in the
 * published order, the former in an order in which each finds what it needs. Steps without {@code
 * sample} only prepare; {@code mended} says what a sample was changed in; {@code {name}} is what an
 * earlier step kept under that name. In an answer {@code <text>} stands for any text, a member with
 * a question mark may be absent, {@code ...} for further members; {@code among} are entries that a
 * list has among others, {@code contains} is a part of its text.
 */
@SharedServer
class PublishedSamplesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode PARTS = read("/published/authentication.json");
  private static final JsonNode POLICY = read("/published/policy.json").path("policy");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

  /** As many as the published table of this API lists. */
  private static final int PUBLISHED_CALLS = 22;

  /** As many samples as the common and the Policy Management API are published with. */
  private static final int PUBLISHED_POLICY_CALLS = 14;

  static Stream<String> parts() {
    return PARTS.properties().stream().map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void everySampleIsAnsweredAsPublished(String part, TestServer server) throws Exception {
    X509Certificate certificate =
        ClientAuthority.selfSigned("CN=Identity provider", ClientAuthority.keys());
    try (var provider = new IdentityProvider(server.clientAuthority(), SamlProvidersIT.METADATA)) {
      var known = new HashMap<String, String>();
      known.put("name", TestServer.ADMINISTRATOR);
      known.put("password", server.administratorPassword());
      known.put("provider", provider.url());
      known.put("certificate", Base64.getEncoder().encodeToString(certificate.getEncoded()));
      Api api = part.equals("tokens") ? server.nobody() : server.administrator();
      for (JsonNode step : PARTS.path(part)) {
        send(api, JSON.readTree(filled(step.toString(), known)), known);
      }
    }
  }

  @Test
  void theSamplesOfPolicyManagementAreOneRun(TestServer server) throws Exception {
    var known = new HashMap<String, String>();
    Api api =
        server.as(
            "workbench_management_policy_write", "workbench_deployment_immutablepackage_export");
    for (JsonNode step : POLICY) {
      send(api, JSON.readTree(filled(step.toString(), known)), known);
    }
  }

  @Test
  void noPublishedCallIsLeftOut() {
    var titles = new TreeSet<String>();
    PARTS.forEach(part -> part.forEach(step -> titles.add(step.path("sample").asText())));
    titles.remove("");
    assertThat(titles).hasSize(PUBLISHED_CALLS);
    var ofPolicies = new TreeSet<String>();
    POLICY.forEach(step -> ofPolicies.add(step.path("sample").asText()));
    ofPolicies.remove("");
    assertThat(ofPolicies).hasSize(PUBLISHED_POLICY_CALLS);
  }

  private static void send(Api api, JsonNode step, Map<String, String> known) throws IOException {
    String[] call = step.path("call").asText().split(" ", 2);
    var headers =
        new ArrayList<>(List.of("Accept", step.path("accept").asText("application/json")));
    String body = "";
    if (step.has("form")) {
      body = Api.formOf(step.path("form"));
      headers.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
    } else if (step.has("body")) {
      body = step.path("body").toString();
      headers.addAll(List.of("Content-Type", "application/json"));
    }
    Answer answer =
        api.send(
                call[0],
                call[1],
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                headers.toArray(String[]::new))
            .with(step.path("status").asInt());
    step.path("headers")
        .forEach(name -> assertThat(answer.header(name.asText())).as("%s", name).isNotEmpty());
    if (step.has("answer")) {
      require(step.path("answer"), answer.json(), step.path("sample").asText());
    }
    assertThat(answer.text()).contains(step.path("contains").asText());
    for (JsonNode entry : step.path("among")) {
      assertThat(answer.json())
          .as("%s among %s", entry, answer)
          .anySatisfy(
              actual ->
                  entry
                      .properties()
                      .forEach(
                          member ->
                              require(
                                  member.getValue(),
                                  actual.path(member.getKey()),
                                  member.getKey())));
    }
    step.path("keep")
        .properties()
        .forEach(
            kept -> known.put(kept.getKey(), answer.json().at(kept.getValue().asText()).asText()));
  }

  private static void require(JsonNode expected, JsonNode actual, String where) {
    if (expected.isObject()) {
      requireMembers(expected, actual, where);
    } else if (expected.isArray()) {
      assertThat(actual.isArray()).as(where).isTrue();
      // One entry is what all entries of a list are like.
      assertThat(actual.isEmpty()).as(where).isEqualTo(expected.isEmpty());
      assertThat(expected.size() < 2 || expected.size() == actual.size()).as(where).isTrue();
      for (int i = 0; i < actual.size(); i++) {
        require(
            expected.get(Math.min(i, expected.size() - 1)), actual.get(i), where + "[" + i + "]");
      }
    } else {
      assertThat(isLike(expected.asText(), expected, actual))
          .as("%s: %s instead of %s", where, actual, expected)
          .isTrue();
    }
  }

  private static void requireMembers(JsonNode expected, JsonNode actual, String where) {
    var further = new TreeSet<String>();
    actual.fieldNames().forEachRemaining(further::add);
    expected
        .properties()
        .forEach(
            member -> {
              String name = member.getKey().replace("?", "");
              boolean isThere = further.remove(name);
              if (isThere) {
                require(member.getValue(), actual.get(name), where + "." + name);
              } else if (name.equals(member.getKey()) && !name.equals("...")) {
                throw new AssertionError(where + " has no " + name + ": " + actual);
              }
            });
    if (expected.has("...")) {
      further.forEach(name -> require(expected.get("..."), actual.get(name), where + "." + name));
    } else {
      assertThat(further).as(where + " has members that are not published").isEmpty();
    }
  }

  private static boolean isLike(String kind, JsonNode expected, JsonNode actual) {
    return switch (kind) {
      case "<text>" -> actual.isTextual();
      case "<text or null>" -> actual.isTextual() || actual.isNull();
      case "<number>" -> actual.isIntegralNumber();
      case "<boolean>" -> actual.isBoolean();
      case "<texts>" -> actual.isArray() && allTexts(actual);
      default -> actual.equals(expected);
    };
  }

  private static boolean allTexts(JsonNode array) {
    for (JsonNode entry : array) {
      if (!entry.isTextual()) {
        return false;
      }
    }
    return true;
  }

  private static String filled(String step, Map<String, String> known) {
    return PLACEHOLDER
        .matcher(step)
        .replaceAll(
            found -> {
              String value = known.get(found.group(1));
              assertThat(value).as(found.group()).isNotNull();
              String quoted = JSON.valueToTree(value).toString();
              return Matcher.quoteReplacement(quoted.substring(1, quoted.length() - 1));
            });
  }

  private static JsonNode read(String resource) {
    try (InputStream in = PublishedSamplesIT.class.getResourceAsStream(resource)) {
      return JSON.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
