package bulla.launcher.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/**
 * What the readiness probe of a server (MicroProfile Health) answers.
 *
 * @param started whether the application has started
 * @param ready whether it is ready for requests
 * @param unmet the names of what must hold for that and does not, once it has started
 */
record Readiness(boolean started, boolean ready, List<String> unmet) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Nothing holds, as far as anybody knows. */
  static final Readiness UNKNOWN = new Readiness(false, false, List.of());

  Readiness {
    unmet = List.copyOf(unmet);
  }

  /**
   * Asks the probe, which is on this host, whatever proxy this process has for others; where it
   * does not answer within {@code millis}, nothing holds.
   */
  static Readiness ask(String url, int millis) {
    try {
      var connection = (HttpURLConnection) new URL(url).openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      boolean good = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      try (InputStream body = good ? connection.getInputStream() : connection.getErrorStream()) {
        return body == null ? UNKNOWN : of(good, JSON.readTree(body));
      }
    } catch (IOException notAnswering) {
      return UNKNOWN;
    }
  }

  /**
   * Asks once where nothing answers yet, and reads an answer: what a Java machine that has just
   * begun takes for its first time passes while the server starts.
   */
  static void rehearse(String url, int millis) {
    ask(url, millis);
    try {
      of(true, JSON.readTree("{\"checks\":[{\"name\":\"bulla\",\"data\":{\"started\":true}}]}"));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Without its application the server is "UP" too, but has no checks to show. */
  private static Readiness of(boolean good, JsonNode answer) {
    for (JsonNode check : answer.path("checks")) {
      if (check.path("name").asText().equals("bulla")) {
        boolean started = check.at("/data/started").asBoolean();
        var unmet = new ArrayList<String>();
        if (started) {
          for (var condition : check.path("data").properties()) {
            if (!condition.getValue().asBoolean()) {
              unmet.add(condition.getKey());
            }
          }
        }
        return new Readiness(started, good, unmet);
      }
    }
    return UNKNOWN;
  }

  /** The same, but for {@code condition}, which does not hold either. */
  Readiness without(String condition) {
    var all = new ArrayList<>(unmet);
    all.add(condition);
    return new Readiness(started, false, all);
  }

  /** For whoever waits; what completes "it has started, but". */
  String reason() {
    return unmet.isEmpty()
        ? "its readiness probe does not answer"
        : "is not ready: " + String.join(", ", unmet) + (unmet.size() == 1 ? " fails" : " fail");
  }
}
