package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the server answered. */
record Answer(HttpResponse<byte[]> http) {
  private static final ObjectMapper JSON = new ObjectMapper();

  int status() {
    return http.statusCode();
  }

  byte[] bytes() {
    return http.body();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** The value of a header; empty where there is none. */
  String header(String name) {
    return http.headers().firstValue(name).orElse("");
  }

  JsonNode json() {
    try {
      return JSON.readTree(bytes());
    } catch (IOException notJson) {
      throw new UncheckedIOException("Not JSON: " + text(), notJson);
    }
  }

  /** This answer, which must have the status {@code expected}. */
  Answer with(int expected) {
    assertThat(status()).as(toString()).isEqualTo(expected);
    return this;
  }

  /** The problem document that this answer must be, whatever the problem is. */
  JsonNode problem() {
    assertThat(status()).as(toString()).isBetween(400, 499);
    assertThat(header("Content-Type")).as(toString()).startsWith("application/problem+json");
    JsonNode problem = json();
    assertThat(problem.path("status").asInt()).as(toString()).isEqualTo(status());
    assertThat(problem.path("code").asText()).as(toString()).matches("[A-Z]+(_[A-Z]+)*");
    assertThat(problem.path("title").asText()).as(toString()).isNotBlank();
    assertThat(problem.path("detail").asText()).as(toString()).isNotBlank();
    assertThat(problem.path("correlationId").asText()).as(toString()).isNotBlank();
    assertThat(problem.path("messages").isArray()).as(toString()).isTrue();
    assertThat(problem.path("messages").size()).as(toString()).isPositive();
    assertThat(problem.has("data") && problem.get("data").isNull()).as(toString()).isTrue();
    assertThat(text()).doesNotContain("Exception", "at bulla", "org.", "java.");
    return problem;
  }

  /** The problem document that this answer must be, of this status and code. */
  JsonNode problem(int expected, String code) {
    with(expected);
    JsonNode problem = problem();
    assertThat(problem.path("code").asText()).as(toString()).isEqualTo(code);
    return problem;
  }

  /** What was asked and answered, for the message of an assertion. */
  @Override
  public String toString() {
    return http.request().method()
        + " "
        + http.uri()
        + " answered "
        + status()
        + " "
        + header("Content-Type")
        + ": "
        + text();
  }
}
