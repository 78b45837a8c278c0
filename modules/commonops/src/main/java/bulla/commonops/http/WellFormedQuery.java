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
 * Refuses a query whose percent-encoding is malformed (RFC 3986, section 2.1) or is no UTF-8, on
 * which the container's own decoding would fail with a 500.
 */
public class WellFormedQuery extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isWellFormed(request.getQueryString())) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  static boolean isWellFormed(String query) {
    if (query == null) {
      return true;
    }
    ByteBuffer decoded = ByteBuffer.allocate(query.length());
    for (int i = 0; i < query.length(); i++) {
      char symbol = query.charAt(i);
      if (symbol > 0x7e || symbol < 0x21) {
        return false;
      }
      if (symbol != '%') {
        decoded.put((byte) symbol);
      } else if (i + 2 < query.length()
          && Character.digit(query.charAt(i + 1), 16) >= 0
          && Character.digit(query.charAt(i + 2), 16) >= 0) {
        decoded.put((byte) Integer.parseInt(query, i + 1, i + 3, 16));
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
