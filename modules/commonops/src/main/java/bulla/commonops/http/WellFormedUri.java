package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Refuses what the container or the JAX-RS implementation would fail on with a 500: a path or a
 * query whose percent-encoding is malformed (RFC 3986, section 2.1) or is no UTF-8, and a {@code
 * Host} that names none (RFC 9110, section 7.2), of which JAX-RS makes the URI of the request. So
 * too parameters in a path (section 3.3 of the former), because no operation has any: what is
 * ignored may have been meant.
 */
public class WellFormedUri extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** A slash or a question mark in it would be taken for those of the path behind it. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+\\]");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isWellFormed(request.getRequestURI()) || !isWellFormed(request.getQueryString())) {
      refuse(request, response, "The path or the query is not well encoded");
    } else if (request.getRequestURI().indexOf(';') >= 0) {
      refuse(request, response, "A path has no parameters here; write ; in a name as %3B");
    } else if (!HOST.matcher(request.getServerName()).matches()) {
      refuse(request, response, "The header Host names no host");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String because) throws IOException {
    ContainerErrorPage.answer(request, response, CommonProblem.BAD_REQUEST.because(because));
  }

  static boolean isWellFormed(String part) {
    if (part == null) {
      return true;
    }
    ByteBuffer decoded = ByteBuffer.allocate(part.length());
    for (int i = 0; i < part.length(); i++) {
      char symbol = part.charAt(i);
      if (symbol > 0x7e || symbol < 0x21) {
        return false;
      }
      if (symbol != '%') {
        decoded.put((byte) symbol);
      } else if (i + 2 < part.length()
          && Character.digit(part.charAt(i + 1), 16) >= 0
          && Character.digit(part.charAt(i + 2), 16) >= 0) {
        decoded.put((byte) Integer.parseInt(part, i + 1, i + 3, 16));
        i += 2;
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
}
