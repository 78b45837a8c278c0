package bulla.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what a curl line of README does, in Java, because not every machine has curl. */
final class Curl {
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

  private final HttpClient http;
  private final Map<String, String> variables;
  private final Path directory;

  Curl(HttpClient http, Map<String, String> variables, Path directory) {
    this.http = http;
    this.variables = variables;
    this.directory = directory;
  }

  /** Runs one line and returns the answer, which must be a success and as documented. */
  HttpResponse<byte[]> run(String line) throws IOException, InterruptedException {
    List<String> words = words(line);
    assertThat(words.get(0)).isEqualTo("curl");
    var request = HttpRequest.newBuilder();
    String method = null;
    String data = null;
    String contentType = null;
    Path output = null;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "-s" -> {}
        case "--cacert", "-D" -> i++;
        case "-X" -> method = words.get(++i);
        case "-o" -> output = directory.resolve(words.get(++i));
        case "-d" -> data = words.get(++i);
        case "-H" -> {
          String[] header = words.get(++i).split(": ", 2);
          if (header[0].equals("Content-Type")) {
            contentType = header[1];
          } else {
            request.header(header[0], header[1]);
          }
        }
        default -> {
          assertThat(word).as("an option that this test does not know").startsWith("https://");
          request.uri(URI.create(word));
        }
      }
    }
    if (data != null) {
      // As curl does without a given media type.
      request.header(
          "Content-Type", contentType == null ? "application/x-www-form-urlencoded" : contentType);
      method = method == null ? "POST" : method;
    }
    request.method(
        method == null ? "GET" : method,
        data == null ? BodyPublishers.noBody() : BodyPublishers.ofString(data));
    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as("%s%n%s", line, new String(answer.body(), UTF_8))
        .isBetween(200, 299);
    Contract.require(new Answer(answer));
    if (output != null && !output.endsWith("null")) {
      Files.write(output, answer.body());
    }
    return answer;
  }

  /** Splits a line as a shell does: quotes, and variables outside single quotes. */
  private List<String> words(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var expandable = new StringBuilder();
    char quote = 0;
    boolean open = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == ' ') {
        word.append(expanded(expandable));
        if (open) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
        continue;
      }
      open = true;
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == '\'') {
        word.append(expanded(expandable)).append(c);
      } else if (c == '\\' && quote == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        expandable.append('"');
        i++;
      } else {
        expandable.append(c);
      }
    }
    word.append(expanded(expandable));
    if (open) {
      words.add(word.toString());
    }
    return words;
  }

  /** The text with its variables replaced; empties the builder. */
  private String expanded(StringBuilder text) {
    String expanded =
        VARIABLE
            .matcher(text)
            .replaceAll(
                match -> {
                  assertThat(variables).containsKey(match.group(1));
                  return Matcher.quoteReplacement(variables.get(match.group(1)));
                });
    text.setLength(0);
    return expanded;
  }
}
