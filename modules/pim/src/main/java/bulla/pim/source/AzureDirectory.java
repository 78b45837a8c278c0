package bulla.pim.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads Microsoft Entra ID through Microsoft Graph v1.0, as an application: a token by the client
 * credentials grant of the Microsoft identity platform ({@code /oauth2/v2.0/token}), then {@code
 * /users}, {@code /groups} and the members of the groups that are needed, page by page ({@code
 * @odata.nextLink}). It goes to the addresses of the environment and nowhere else: no redirect is
 * followed, and no next page on another host.
 */
final class AzureDirectory implements MemberDirectory {
  private static final int LARGEST_PAGE = 16 << 20;
  private static final int PAGE = 999;

  /** What asks for the members of a group that are users, which is a cast (OData). */
  private static final String CAST = "/microsoft.graph.user";

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxStringLength(100_000)
                          .build())
                  .build())
          .build();

  private final Function<AzureEnvironment, Addresses> addresses;
  private final HttpClient http;

  /**
   * Where an environment is.
   *
   * @param login where tokens come from, without a slash at its end
   * @param graph where the directory is read, without a slash at its end
   */
  record Addresses(String login, String graph) {
    static Addresses of(AzureEnvironment environment) {
      return new Addresses(environment.login(), environment.graph());
    }
  }

  /**
   * @param http follows no redirects
   */
  AzureDirectory(Function<AzureEnvironment, Addresses> addresses, HttpClient http) {
    this.addresses = addresses;
    this.http = http;
  }

  @Override
  public OpenDirectory open(SourceConnection source, String secret, Deadline deadline)
      throws UnreadableSourceException {
    Addresses where = addresses.apply(source.environment());
    var request =
        HttpRequest.newBuilder(
                URI.create(where.login() + "/" + source.tenantId() + "/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    form(
                        "client_id",
                        source.clientId(),
                        "scope",
                        where.graph() + "/.default",
                        "client_secret",
                        secret,
                        "grant_type",
                        "client_credentials")));
    HttpResponse<InputStream> answer = send(request, SourceStep.CONNECTION, deadline);
    if (answer.statusCode() >= 500) {
      discard(answer);
      throw refused(SourceStep.CONNECTION, "The identity platform is not available", answer);
    }
    if (answer.statusCode() != 200) {
      discard(answer);
      throw refused(
          SourceStep.AUTHENTICATION, "The directory does not accept the application", answer);
    }
    deadline.require(SourceStep.AUTHENTICATION);
    String token = json(answer, SourceStep.AUTHENTICATION, deadline).path("access_token").asText();
    if (!token.matches("[A-Za-z0-9._~+/=-]{1,16384}")) {
      throw new UnreadableSourceException(
          SourceStep.AUTHENTICATION, "The identity platform answers with no token");
    }
    return new Open(source, where.graph(), token, deadline);
  }

  private HttpResponse<InputStream> send(
      HttpRequest.Builder request, SourceStep step, Deadline deadline)
      throws UnreadableSourceException {
    try {
      return http.send(
          request.header("Accept", "application/json").timeout(deadline.left()).build(),
          BodyHandlers.ofInputStream());
    } catch (IOException failed) {
      deadline.require(step);
      throw new UnreadableSourceException(step, "The connection cannot be made, or breaks off");
    } catch (InterruptedException tooLong) {
      Thread.currentThread().interrupt();
      throw deadline.tooLate(step);
    }
  }

  private static JsonNode json(HttpResponse<InputStream> answer, SourceStep step, Deadline deadline)
      throws UnreadableSourceException {
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readNBytes(LARGEST_PAGE + 1);
      if (bytes.length > LARGEST_PAGE) {
        throw new UnreadableSourceException(
            step, "An answer has more than " + LARGEST_PAGE + " bytes");
      }
      if (deadline.exceeds(bytes.length)) {
        deadline.require(step);
      }
      return JSON.readTree(bytes);
    } catch (JsonProcessingException malformed) {
      throw new UnreadableSourceException(step, "An answer is not JSON");
    } catch (IOException failed) {
      deadline.require(step);
      throw new UnreadableSourceException(step, "The connection breaks off");
    }
  }

  private static void discard(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException alreadyClosed) {
      // Nobody reads the body of a refusal.
    }
  }

  /** The status, and never the text of the other side. */
  private static UnreadableSourceException refused(
      SourceStep step, String what, HttpResponse<InputStream> answer) {
    return new UnreadableSourceException(step, what + " (status " + answer.statusCode() + ")");
  }

  private static String form(String... fields) {
    var form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private final class Open implements OpenDirectory {
    private final SourceConnection source;
    private final String graph;
    private final String token;
    private final Deadline deadline;

    Open(SourceConnection source, String graph, String token, Deadline deadline) {
      this.source = source;
      this.graph = graph;
      this.token = token;
      this.deadline = deadline;
    }

    @Override
    public List<String> users() throws UnreadableSourceException {
      return names(SourceStep.USERS, "/users", source.userAttribute());
    }

    @Override
    public List<SourceGroup> groups(Predicate<String> wanted) throws UnreadableSourceException {
      Map<String, String> namesById = new LinkedHashMap<>();
      pages(
          SourceStep.GROUPS,
          "/groups",
          source.groupAttribute(),
          group -> {
            String name = group.path(source.groupAttribute()).textValue();
            if (MemberNames.isUsable(name)) {
              namesById.put(group.path("id").asText(), name);
            }
          });
      String members = source.recursive() ? "/transitiveMembers" : "/members";
      List<SourceGroup> groups = new ArrayList<>();
      for (var group : namesById.entrySet()) {
        List<String> users =
            wanted.test(group.getValue())
                ? names(
                    SourceStep.GROUPS,
                    "/groups/"
                        + URLEncoder.encode(group.getKey(), StandardCharsets.UTF_8)
                        + members
                        + CAST,
                    source.userAttribute())
                : List.of();
        groups.add(new SourceGroup(group.getValue(), users));
      }
      return groups;
    }

    private List<String> names(SourceStep step, String path, String attribute)
        throws UnreadableSourceException {
      List<String> names = new ArrayList<>();
      pages(
          step,
          path,
          attribute,
          one -> {
            String name = one.path(attribute).textValue();
            if (MemberNames.isUsable(name)) {
              names.add(name);
            }
          });
      return names;
    }

    private void pages(SourceStep step, String path, String attribute, Consumer<JsonNode> each)
        throws UnreadableSourceException {
      String base = graph + "/v1.0";
      // A cast is one of the advanced queries, which are answered with both or not at all; each
      // next page is asked for with the header again.
      boolean isAdvanced = path.endsWith(CAST);
      String next =
          base
              + path
              + "?$select=id,"
              + attribute
              + "&$top="
              + PAGE
              + (isAdvanced ? "&$count=true" : "");
      int count = 0;
      while (!next.isEmpty()) {
        deadline.require(step);
        var request =
            HttpRequest.newBuilder(uri(next, step)).header("Authorization", "Bearer " + token);
        if (isAdvanced) {
          request.header("ConsistencyLevel", "eventual");
        }
        HttpResponse<InputStream> answer = send(request, step, deadline);
        if (answer.statusCode() != 200) {
          discard(answer);
          throw refused(step, "The directory does not answer", answer);
        }
        JsonNode page = json(answer, step, deadline);
        for (JsonNode one : page.path("value")) {
          MemberNames.requireFew(step, ++count);
          each.accept(one);
        }
        next = page.path("@odata.nextLink").asText();
        if (!next.isEmpty() && !next.startsWith(base + "/")) {
          throw new UnreadableSourceException(
              step, "The directory says that it goes on at another address");
        }
      }
    }

    private URI uri(String url, SourceStep step) throws UnreadableSourceException {
      try {
        return URI.create(url);
      } catch (IllegalArgumentException malformed) {
        throw new UnreadableSourceException(
            step, "The directory says that it goes on at what is no address");
      }
    }

    @Override
    public void close() {
      // There is no connection to close: each request is one for itself.
    }
  }
}
