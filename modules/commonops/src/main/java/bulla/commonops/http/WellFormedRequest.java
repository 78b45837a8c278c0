package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what the container lets through and what is behind it would fail on, or read as something
 * else: a path or a query with characters that a URI has not (RFC 3986, sections 3.3 and 3.4) or
 * that are no UTF-8, which the JAX-RS implementation would answer with a 500 and write into the
 * log; parameters in a path, which no operation has, so that they would be ignored; a {@code Host}
 * that names none (RFC 9110, section 7.2), because JAX-RS makes the URI of the request of it; media
 * types and languages that are none, each of which it would write into the log with where it met
 * them; and a body whose end nobody can tell (RFC 9112, section 6.3). The connection is closed
 * then: what comes next on it may be a part of the body.
 */
public class WellFormedRequest extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final String NAME = "([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+\\])";
  private static final Pattern HOST = Pattern.compile(NAME);
  private static final Pattern HOST_AND_PORT = Pattern.compile(NAME + "(:[0-9]{0,5})?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,19}");
  private static final String CHUNKED = "chunked";
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";
  private static final Set<String> WITH_A_BODY = Set.of("POST", "PUT");

  /** RFC 9110, sections 5.6.2, 8.3.1, 12.5.1 and 12.5.4; possessive, so that none takes long. */
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

  private static final String ONE_TYPE =
      "TOKEN/TOKEN(?:[ \\t]*+;[ \\t]*+(?:TOKEN=(?:TOKEN|\"[^\"]*+\")?+)?+)*+"
          .replace("TOKEN", TOKEN);
  private static final Pattern TYPE = Pattern.compile("[ \\t]*+" + ONE_TYPE + "[ \\t]*+");
  private static final Pattern TYPES = list(ONE_TYPE);
  private static final Pattern LANGUAGES =
      list("[A-Za-z0-9*-]++(?:[ \\t]*+;[ \\t]*+[qQ]=[0-9.]++)?+");

  private static Pattern list(String one) {
    return Pattern.compile("[ \\t,]*+(?:" + one + "(?:[ \\t]*+,[ \\t,]*+|[ \\t]*+$))*+");
  }

  /** Besides letters and digits. */
  private static final String OF_A_PATH = "-._~!$&'()*+,=:@/";

  /** With the brackets, which many clients do not encode, and Java does not ask for it. */
  private static final String OF_A_QUERY = OF_A_PATH + ";?[]";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<String> wrong = wrong(request);
    // The container drops a Content-Length that is none, and takes the body for the next request.
    if (wrong.isPresent() || mayHaveHiddenBody(request)) {
      response.setHeader("Connection", "close");
    }
    if (wrong.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
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
    if (!hasTypes(request)) {
      return Optional.of("A header Content-Type, Accept or Accept-Language is not well formed");
    }
    return Optional.empty();
  }

  /** A target with a host of its own has that, whatever the header says (RFC 9112, 3.2.2). */
  private static boolean hasHost(HttpServletRequest request) {
    List<String> given = headers(request, HttpHeaders.HOST);
    boolean isOne = given.size() == 1 && HOST_AND_PORT.matcher(given.get(0).strip()).matches();
    boolean mayLack = given.isEmpty() && request.getProtocol().equals("HTTP/1.0");
    return (isOne || mayLack) && isHost(request.getServerName());
  }

  static boolean isHost(String name) {
    try {
      // What is no IPv6 address in brackets, Java's own URI refuses.
      return HOST.matcher(name).matches() && new URI("//" + name).getRawAuthority() != null;
    } catch (URISyntaxException noAddress) {
      return false;
    }
  }

  private static boolean hasLength(HttpServletRequest request) {
    List<String> lengths = headers(request, HttpHeaders.CONTENT_LENGTH);
    List<String> codings = headers(request, TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return lengths.isEmpty()
          || (lengths.size() == 1 && LENGTH.matcher(lengths.get(0).strip()).matches());
    }
    return lengths.isEmpty()
        && codings.size() == 1
        && codings.get(0).strip().equalsIgnoreCase(CHUNKED);
  }

  private static boolean mayHaveHiddenBody(HttpServletRequest request) {
    return WITH_A_BODY.contains(request.getMethod())
        && request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
        && request.getHeader(TRANSFER_ENCODING) == null;
  }

  private static boolean hasTypes(HttpServletRequest request) {
    return headers(request, HttpHeaders.CONTENT_TYPE).stream()
            .allMatch(type -> TYPE.matcher(type).matches())
        && headers(request, HttpHeaders.ACCEPT).stream()
            .allMatch(types -> TYPES.matcher(types).matches())
        && headers(request, HttpHeaders.ACCEPT_LANGUAGE).stream()
            .allMatch(languages -> LANGUAGES.matcher(languages).matches());
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
