package bulla.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium with one page, driven over its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_CALL_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final String session;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();

  private Browser(Process process, String url) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url), new Listener())
            .join();
    String target =
        call("Target.createTarget", "", Map.of("url", "about:blank")).path("targetId").asText();
    this.session =
        call("Target.attachToTarget", "", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** The browser of this machine, if it has one. */
  static Optional<Path> installed() {
    return Programs.find("chromium", "chromium-browser", "google-chrome");
  }

  /** Starts it; it takes the server's certificate as it is. */
  static Browser start(Path program, Path profile) {
    try {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-background-networking",
                  "--no-first-run",
                  "--ignore-certificate-errors",
                  "--remote-debugging-port=0",
                  "--remote-allow-origins=*",
                  "--user-data-dir=" + profile)
              .redirectErrorStream(true)
              .start();
      // Not closed: closing it would break the pipe that the browser writes to.
      var said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(LISTENING)) {
          return new Browser(process, line.substring(LISTENING.length()));
        }
      }
      throw new IllegalStateException("The browser ended");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void open(String url) {
    call("Page.navigate", Map.of("url", url));
  }

  /** The value of a JavaScript expression; what a promise resolves to. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until a JavaScript expression is true. */
  void await(String expression) throws InterruptedException {
    long end = System.currentTimeMillis() + LONGEST_CALL_SECONDS * 1_000L;
    while (!evaluate(expression).asBoolean()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError(expression + " stays false; page: " + text());
      }
      Thread.sleep(100);
    }
  }

  /** What a person reads on the page. */
  String text() {
    return evaluate("document.body ? document.body.innerText : ''").asText();
  }

  /** Keeps what a person sees, as a PNG. */
  void screenshot(Path file) {
    String png = call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    try {
      Files.write(file, Base64.getDecoder().decode(png));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The addresses of all requests so far. */
  List<String> requests() {
    return events.stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  /** What the browser itself complains about: broken scripts and policies. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                event.path("method").asText().equals("Runtime.exceptionThrown")
                    || (event.path("method").asText().equals("Log.entryAdded")
                        && event
                            .path("params")
                            .path("entry")
                            .path("level")
                            .asText()
                            .equals("error")))
        .map(event -> event.path("params").toString())
        .toList();
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    return call(method, session, parameters);
  }

  private JsonNode call(String method, String inSession, Map<String, Object> parameters) {
    int id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    calls.put(id, answer);
    var message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!inSession.isEmpty()) {
      message.put("sessionId", inSession);
    }
    socket.sendText(message.toString(), true).join();
    JsonNode answered = answer.orTimeout(LONGEST_CALL_SECONDS, TimeUnit.SECONDS).join();
    if (answered.has("error")) {
      throw new IllegalStateException(method + ": " + answered.path("error"));
    }
    return answered.path("result");
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** Puts messages together and gives answers to their calls. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        received(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void received(String text) {
      try {
        JsonNode message = JSON.readTree(text);
        CompletableFuture<JsonNode> call = calls.remove(message.path("id").asInt());
        if (call == null) {
          events.add(message);
        } else {
          call.complete(message);
        }
      } catch (IOException notJson) {
        throw new UncheckedIOException(notJson);
      }
    }
  }
}
