package bulla.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Calls the APIs as one user, or as nobody, and gives every answer back, whatever its status.
 *
 * @param http speaks HTTPS
 * @param url the server, without a slash at its end
 * @param authorization the header's value; empty for nobody
 */
record Api(HttpClient http, String url, String authorization) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  Api withToken(String token) {
    return new Api(http, url, "Bearer " + token);
  }

  Api withPassword(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Api(http, url, "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  Api asNobody() {
    return new Api(http, url, "");
  }

  /** GET with {@code headers} as names and values in turn. */
  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** POST of {@code body} as JSON; a text is taken as it is. */
  Answer post(String path, Object body, String... headers) {
    return send("POST", path, json(body), with(headers, "Content-Type", "application/json"));
  }

  /** POST of nothing. */
  Answer post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  /** PUT of {@code body} as JSON; a text is taken as it is. */
  Answer put(String path, Object body, String... headers) {
    return send("PUT", path, json(body), with(headers, "Content-Type", "application/json"));
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  /** DELETE with {@code body} as JSON, as some published calls have it. */
  Answer deleteWith(String path, Object body) {
    return send("DELETE", path, json(body), "Content-Type", "application/json");
  }

  /** POST of a form, given as names and values in turn. */
  Answer form(String path, String... fields) {
    var form = JSON.createObjectNode();
    for (int i = 0; i < fields.length; i += 2) {
      form.put(fields[i], fields[i + 1]);
    }
    return send(
        "POST",
        path,
        BodyPublishers.ofString(formOf(form)),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  /** The texts of an object as a form. */
  static String formOf(JsonNode fields) {
    return fields.properties().stream()
        .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue().asText()))
        .collect(Collectors.joining("&"));
  }

  /** Asks for tokens. */
  Answer login(String name, String password) {
    return form("/pty/v1/auth/login/token", "loginname", name, "password", password);
  }

  /** The same server as seen by the user of this name, who logs in. */
  Api loggedIn(String name, String password) {
    return withToken(login(name, password).with(200).header("pty_access_jwt_token"));
  }

  /** Creates an object of policy management and returns its uid. */
  String create(String path, Object body) {
    return post(path, body).with(201).json().path("uid").asText();
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(LONGEST_CALL).method(method, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  Answer send(HttpRequest.Builder builder) {
    try {
      HttpRequest request = builder.build();
      var sent = http.sendAsync(request, BodyHandlers.ofByteArray());
      // The request's own time-out ends with the headers of the answer.
      var answer = new Answer(sent.get(2 * LONGEST_CALL.toSeconds(), TimeUnit.SECONDS));
      Contract.require(answer);
      Changes.answered(url, request.method(), request.uri().getPath(), answer);
      return answer;
    } catch (ExecutionException | TimeoutException failed) {
      throw new UncheckedIOException("No answer", new IOException(failed));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", interrupted);
    }
  }

  private static BodyPublisher json(Object body) {
    try {
      return BodyPublishers.ofString(
          body instanceof String text ? text : JSON.writeValueAsString(body));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String[] with(String[] headers, String name, String value) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = name;
    all[1] = value;
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "Api[" + url + "]";
  }
}
