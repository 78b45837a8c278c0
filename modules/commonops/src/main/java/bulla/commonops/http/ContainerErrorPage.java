package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemDocument;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The error page of every WAR, and the answer to every path that belongs to no API: what the
 * container refuses before JAX-RS sees it (a path that cannot be decoded, a bad token) gets a
 * problem document too, without the container's own words.
 */
public class ContainerErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final StrictJson JSON = new StrictJson(List.of());

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    CommonProblem type =
        Arrays.stream(CommonProblem.values())
            .filter(candidate -> candidate.status() == status)
            .findFirst()
            .orElse(status < 500 ? CommonProblem.BAD_REQUEST : CommonProblem.INTERNAL_ERROR);
    answer(
        request,
        response,
        type.because(
            status == 404
                ? "Nothing is served under this path; see /pty/v1/auth, /pty/v2/pim and /pty/v1/rps"
                : "The server refused the request before any resource saw it"));
  }

  /** Answers what is refused before JAX-RS sees it. */
  static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    String correlationId = CorrelationId.of(request.getHeader(CorrelationId.HEADER));
    var document = ProblemDocument.of(problem, correlationId);
    response.setStatus(document.status());
    response.setContentType(ProblemDocument.MEDIA_TYPE);
    response.setHeader(CorrelationId.HEADER, correlationId);
    response.setHeader("Cache-Control", "no-store");
    // The container's own, for its proxy: null takes it away (Jakarta Servlet 6.1).
    response.setHeader("$WSEP", null);
    SecurityHeaders.of(request.isSecure()).forEach(response::setHeader);
    JSON.write(document, response.getOutputStream());
  }
}
