package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses what the container lets through and what is behind it would fail on, or read as something
 * else: a path or a query with characters that a URI has not (RFC 3986, sections 3.3 and 3.4) or
 * that are no UTF-8, which the JAX-RS implementation would answer with a 500 and write into the
 * log; parameters in a path, which no operation has, so that they would be ignored; a {@code Host}
 * that names none (RFC 9110, section 7.2), because JAX-RS makes the URI of the request of it; and a
 * body whose end nobody can tell (RFC 9112, section 6.3). The connection is closed then: what comes
 * next on it may be a part of the body.
 */
public class WellFormedRequest extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final String NAME = "([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+\\])";
  private static final Pattern HOST = Pattern.compile(NAME);
  private static final Pattern HOST_AND_PORT = Pattern.compile(NAME + "(:[0-9]{0,5})?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,19}");
  private static final String CHUNKED = "chunked";

  /** Besides letters and digits. */
  private static final String OF_A_PATH = "-._~!$&'()*+,=:@/";

  /** With the brackets, which many clients do not encode, and Java does not ask for it. */
  private static final String OF_A_QUERY = OF_A_PATH + ";?[]";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<String> wrong = wrong(request);
    if (wrong.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Connection", "close");
    ContainerErrorPage.answer(
        request, response, CommonProblem.BAD_REQUEST.because(wrong.orElseThrow()));
  }

  private static Optional<String> wrong(HttpServletRequest request) {
    if (request.getRequestURI().indexOf(';') >= 0) {
      return Optional.of("A path has no parameters here; write ; in a name as %3B");
    }
    if (!isWellFormed(request.getRequestURI(), OF_A_PATH)) {
      return Optional.of("The path has a character that must be percent-encoded, as UTF-8");
    }
    String query = request.getQueryString();
    if (query != null && !isWellFormed(query, OF_A_QUERY)) {
      return Optional.of("The query has a character that must be percent-encoded, as UTF-8");
    }
    if (!hasHost(request)) {
      return Optional.of("The header Host must name one host");
    }
    if (!hasLength(request)) {
      return Optional.of(
          "The length of the body must be one number in Content-Length, or Transfer-Encoding must"
              + " be chunked");
    }
    return Optional.empty();
  }

  /** A target with a host of its own has that, whatever the header says (RFC 9112, 3.2.2). */
  private static boolean hasHost(HttpServletRequest request) {
    List<String> given = headers(request, HttpHeaders.HOST);
    boolean isOne = given.size() == 1 && HOST_AND_PORT.matcher(given.get(0)).matches();
    boolean mayLack = given.isEmpty() && request.getProtocol().equals("HTTP/1.0");
    return (isOne || mayLack) && HOST.matcher(request.getServerName()).matches();
  }

  private static boolean hasLength(HttpServletRequest request) {
    List<String> lengths = headers(request, HttpHeaders.CONTENT_LENGTH);
    List<String> codings = headers(request, "Transfer-Encoding");
    if (codings.isEmpty()) {
      return lengths.isEmpty()
          || (lengths.size() == 1 && LENGTH.matcher(lengths.get(0).strip()).matches());
    }
    return lengths.isEmpty()
        && codings.size() == 1
        && codings.get(0).strip().equalsIgnoreCase(CHUNKED);
  }

  private static List<String> headers(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }

  /** Whether a part of a URI has letters, digits, {@code symbols} and well encoded UTF-8 alone. */
  static boolean isWellFormed(String part, String symbols) {
    ByteBuffer decoded = ByteBuffer.allocate(part.length());
    for (int i = 0; i < part.length(); i++) {
      char symbol = part.charAt(i);
      if (symbol == '%'
          && i + 2 < part.length()
          && Character.digit(part.charAt(i + 1), 16) >= 0
          && Character.digit(part.charAt(i + 2), 16) >= 0) {
        decoded.put((byte) Integer.parseInt(part, i + 1, i + 3, 16));
        i += 2;
      } else if (isLetterOrDigit(symbol) || symbols.indexOf(symbol) >= 0) {
        decoded.put((byte) symbol);
      } else {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  private static boolean isLetterOrDigit(char symbol) {
    return (symbol >= 'A' && symbol <= 'Z')
        || (symbol >= 'a' && symbol <= 'z')
        || (symbol >= '0' && symbol <= '9');
  }
}
