package bulla.launcher.client;

import bulla.launcher.CommandFailure;
import bulla.secrets.FailureReason;
import bulla.secrets.TrustedAuthorities;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Calls the APIs over HTTPS as one user, trusting the server's own authority alone, and prints each
 * call: method, path, status. Whoever has logged in stays so: before the tokens end they are
 * exchanged for others. An answer that is no success is a {@link CommandFailure}.
 */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SERVER =
      Pattern.compile("https://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  /** RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private final HttpClient http;
  private final String url;
  private final PrintWriter out;
  private String token;

  /** Null where a token was given. */
  private String refreshToken;

  /** When half of the life of the tokens has passed, in {@link System#nanoTime}. */
  private long refreshAt;

  /**
   * For the server at {@code url}.
   *
   * @throws CommandFailure if that is no address over HTTPS: passwords and tokens go to it
   */
  public ApiClient(String url, Path authority, PrintWriter out) {
    if (!SERVER.matcher(url).matches()) {
      throw new CommandFailure(
          // Without it, which may hold a password.
          "The address of the server must look like https://bulla.example.com:9443");
    }
    this.http = HttpClient.newBuilder().sslContext(trusting(authority)).build();
    this.url = url;
    this.out = out;
  }

  /** Logs in; later calls carry the access token. */
  public void login(String name, String password) {
    String form = "loginname=" + encoded(name) + "&password=" + encoded(password);
    useTokensOf(
        succeeded(
            request("/pty/v1/auth/login/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))));
  }

  private void useTokensOf(HttpResponse<byte[]> answer) {
    token =
        answer
            .headers()
            .firstValue("pty_access_jwt_token")
            .orElseThrow(() -> new CommandFailure("The login answered without an access token"));
    JsonNode data = json(answer.body()).path("data");
    refreshToken = data.path("refreshToken").asText();
    long seconds =
        Math.min(data.path("expiresIn").asLong(), data.path("refreshExpiresIn").asLong());
    refreshAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / 2;
  }

  private void refresh() {
    String body = JSON.createObjectNode().put("refreshToken", refreshToken).toString();
    useTokensOf(
        succeeded(
            request("/pty/v1/auth/login/refresh")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))));
  }

  /** Later calls carry this access token. */
  public void useToken(String accessToken) {
    if (!TOKEN.matcher(accessToken).matches()) {
      // Without the text, which may be most of a token.
      throw new CommandFailure("BULLA_TOKEN is no access token: it has a character that none has");
    }
    token = accessToken;
  }

  public JsonNode get(String path) {
    return json(getBytes(path));
  }

  public byte[] getBytes(String path) {
    return send(request(path).GET()).body();
  }

  /** Posts {@code body} as JSON; null posts nothing. */
  public JsonNode post(String path, Object body) {
    try {
      BodyPublisher publisher =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
      var request = request(path).POST(publisher);
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      return json(send(request).body());
    } catch (IOException impossible) {
      throw new IllegalStateException("A body of our own cannot be written", impossible);
    }
  }

  /** Creates an object and returns its uid. */
  public String create(String path, Object body) {
    return post(path, body).path("uid").asText();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(LONGEST_CALL);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    if (refreshToken != null && System.nanoTime() - refreshAt >= 0) {
      refresh();
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return succeeded(request);
  }

  private HttpResponse<byte[]> succeeded(HttpRequest.Builder building) {
    HttpRequest request = building.build();
    HttpResponse<byte[]> answer;
    try {
      answer = http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new CommandFailure(
          request.method() + " " + request.uri() + " failed: " + FailureReason.of(failed), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted", interrupted);
    }
    String query = request.uri().getRawQuery();
    out.printf(
        "  %-4s %s %d%n",
        request.method(),
        request.uri().getRawPath() + (query == null ? "" : "?" + query),
        answer.statusCode());
    out.flush();
    if (answer.statusCode() / 100 != 2) {
      throw new CommandFailure(
          request.method()
              + " "
              + request.uri().getPath()
              + " answered "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException notJson) {
      throw new CommandFailure("The server answered something that is not JSON", notJson);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static SSLContext trusting(Path authority) {
    try {
      return TrustedAuthorities.tls(Optional.of(authority));
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "Cannot read %s: %s".formatted(authority, FailureReason.of(unreadable)), unreadable);
    } catch (GeneralSecurityException unusable) {
      throw new CommandFailure(
          "Cannot trust %s: %s".formatted(authority, unusable.getMessage()), unusable);
    }
  }
}
