package bulla.commonops.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/**
 * A problem document (RFC 9457), which also carries the members of the published error envelope
 * ({@code status}, {@code messages}, {@code data}).
 *
 * @param type a URI that names the kind of problem
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail what went wrong this time
 * @param code the stable code
 * @param member the member of the request that is to blame; absent where there is none
 * @param messages the detail again, where clients of the published envelope look for it
 * @param data always null, as in the published envelope
 * @param correlationId ties this answer to the server's log and the journal
 */
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @JsonInclude(JsonInclude.Include.NON_NULL) String member,
    List<String> messages,
    Object data,
    String correlationId) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The document of {@code problem}. */
  public static ProblemDocument of(Problem problem, String correlationId) {
    ProblemType type = problem.type();
    return new ProblemDocument(
        uri(type),
        type.title(),
        type.status(),
        problem.detail(),
        type.name(),
        problem.member().orElse(null),
        List.of(problem.detail()),
        null,
        correlationId);
  }

  static Response answer(Problem problem, String correlationId) {
    ProblemType type = problem.type();
    var answer = Response.status(type.status()).type(MEDIA_TYPE).entity(of(problem, correlationId));
    if (type.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, type.challenge());
    }
    if (problem.retryAfterSeconds() > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    return answer.build();
  }

  /** The URI of a kind of problem: {@code urn:bulla:problem:user-not-found}. */
  public static String uri(ProblemType type) {
    return "urn:bulla:problem:" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
