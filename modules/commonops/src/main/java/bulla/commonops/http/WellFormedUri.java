package bulla.commonops.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses what the container or the JAX-RS implementation would fail on with a 500: a path or a
 * query whose percent-encoding is malformed (RFC 3986, section 2.1) or is no UTF-8, and a {@code
 * Host} that can be in no URI (RFC 9110, section 7.2). So too parameters in a path (section 3.3 of
 * the former), because no operation has any: what is ignored may have been meant.
 */
public class WellFormedUri extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isWellFormed(request.getRequestURI())
        && request.getRequestURI().indexOf(';') < 0
        && isWellFormed(request.getQueryString())
        && isHost(request.getServerName())) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  static boolean isHost(String name) {
    try {
      return name != null && new URI("//" + name).getRawAuthority() != null;
    } catch (URISyntaxException malformed) {
      return false;
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
