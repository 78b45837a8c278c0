package bulla.bench;

import bulla.secrets.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./bulla bench users}: creates users on a running server over HTTPS and then measures
 * lists, searches and single reads among them, one client after the other.
 */
final class UsersBench {
  private static final int BLOCK = 10_000;
  private static final int CLIENTS = 4;
  private static final int READS = 1_000;
  private static final Pattern ID = Pattern.compile("\"user_id\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient http;
  private final String url;
  private final String password;
  private String token;

  private UsersBench(String url, Path authority, String password)
      throws IOException, GeneralSecurityException {
    this.http =
        HttpClient.newBuilder().sslContext(TrustedAuthorities.tls(Optional.of(authority))).build();
    this.url = url;
    this.password = password;
  }

  /**
   * Runs it.
   *
   * @param arguments the server's URL, the file of its authority, the file of the administrator's
   *     password, how many users
   */
  static void run(List<String> arguments)
      throws IOException, GeneralSecurityException, InterruptedException, ExecutionException {
    var bench =
        new UsersBench(
            arguments.get(0),
            Path.of(arguments.get(1)),
            Files.readString(Path.of(arguments.get(2))).strip());
    bench.measure(Integer.parseInt(arguments.get(3)));
  }

  private void measure(int users) throws IOException, InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    var ids = new ArrayList<String>();
    try {
      System.out.println("| Work | calls/s | median ms | 99 % ms |\n|---|---|---|---|");
      for (int from = 0; from < users; from += BLOCK) {
        login();
        int first = from;
        int count = Math.min(BLOCK, users - from);
        report(
            "create users %,d to %,d, %d clients".formatted(from + 1, from + count, CLIENTS),
            clients,
            count,
            index -> creation(first + index),
            ids);
      }
    } finally {
      clients.shutdownNow();
    }
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      login();
      // Once unmeasured: the code of a first call is not yet compiled.
      for (String run : List.of("warming up: ", "")) {
        report(run + "get one", one, READS, index -> read(ids.get(spread(index, users))), null);
        report(run + "list 25, first page", one, READS, index -> read("?max=25"), null);
        report(
            run + "list 25, anywhere",
            one,
            READS,
            index -> read("?max=25&first=" + spread(index, users)),
            null);
        report(
            run + "search a name, 25",
            one,
            READS,
            index -> read("?max=25&username=bench-" + spread(index, users)),
            null);
      }
    } finally {
      one.shutdownNow();
    }
  }

  /** A fixed walk over all of them that is not in the order of creation. */
  private static int spread(int index, int users) {
    return (int) (index * 7_919L % users);
  }

  private HttpRequest creation(int index) {
    return request("")
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                """
                {"username": "bench-%d", "email": "bench-%d@example.com", "firstName": "Generated",
                 "lastName": "User %d", "roles": ["security_viewer"]}
                """
                    .formatted(index, index, index)))
        .build();
  }

  private HttpRequest read(String what) {
    return request(what.startsWith("?") ? what : "/" + what).GET().build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + "/pty/v1/auth/users" + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  private void report(
      String work,
      ExecutorService clients,
      int count,
      IntFunction<HttpRequest> request,
      List<String> ids)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    var calls = new ArrayList<Future<Answer>>();
    for (int i = 0; i < count; i++) {
      int index = i;
      calls.add(clients.submit(() -> timed(request.apply(index))));
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      Answer answer = calls.get(i).get();
      millis[i] = answer.nanos() / 1e6;
      Matcher id = ID.matcher(answer.body());
      if (ids != null && id.find()) {
        ids.add(id.group(1));
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.2f | %.2f |%n",
        work,
        count / seconds,
        millis[count / 2],
        millis[count * 99 / 100]);
  }

  private Answer timed(HttpRequest request) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    long nanos = System.nanoTime() - begin;
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
    }
    return new Answer(nanos, response.body());
  }

  private void login() throws IOException, InterruptedException {
    String form = "loginname=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/pty/v1/auth/login/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.discarding());
    token =
        response
            .headers()
            .firstValue("pty_access_jwt_token")
            .orElseThrow(() -> new IOException("The login answered " + response.statusCode()));
  }

  private record Answer(long nanos, String body) {}
}
