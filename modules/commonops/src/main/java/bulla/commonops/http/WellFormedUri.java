package bulla.commonops.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses a path or a query whose percent-encoding is malformed (RFC 3986, section 2.1) or is no
 * UTF-8, on which the container's own decoding would fail with a 500.
 */
public class WellFormedUri extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isWellFormed(request.getRequestURI()) && isWellFormed(request.getQueryString())) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
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
