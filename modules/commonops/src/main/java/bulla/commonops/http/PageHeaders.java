package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.Set;

/**
 * The headers of the pages for browsers: scripts, styles and calls of this server alone, no frames,
 * no forms that the browser itself sends. Over plain HTTP there are no pages.
 */
public class PageHeaders extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeaders.of(request.isSecure()).forEach(response::setHeader);
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    if (!request.isSecure()) {
      ContainerErrorPage.answer(
          request,
          response,
          CommonProblem.HTTPS_REQUIRED.because("Open the page at the HTTPS port of the server"));
    } else if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", "GET, HEAD");
      ContainerErrorPage.answer(
          request, response, CommonProblem.METHOD_NOT_ALLOWED.because("A page can only be read"));
    } else if (!isThere(request)) {
      // The container would write a warning for each, with the path, into the log.
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isThere(HttpServletRequest request) {
    // Decoded and without parameters, as the container will look for it.
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    try {
      // The container answers for the page itself, with and without the slash.
      return path.isEmpty() || path.equals("/") || getServletContext().getResource(path) != null;
    } catch (MalformedURLException noPath) {
      return false;
    }
  }
}
