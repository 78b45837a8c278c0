package bulla.commonops.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a form that comes without its length, as some HTTP clients send it, up to {@value
 * BodyLimit#MOST_BYTES} bytes. The container reads forms by itself, and would read one without a
 * length to its end, however far that is.
 */
public class FormOfUnknownLength extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isForm(request.getContentType()) || request.getContentLengthLong() >= 0) {
      chain.doFilter(request, response);
      return;
    }
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(BodyLimit.MOST_BYTES + 1);
    } catch (SocketTimeoutException late) {
      response.sendError(HttpServletResponse.SC_REQUEST_TIMEOUT);
      return;
    }
    var form = new String(body, StandardCharsets.ISO_8859_1);
    if (body.length > BodyLimit.MOST_BYTES) {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    } else if (!WellFormedQuery.isWellFormed(form)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      chain.doFilter(new Parsed(request, fields(form)), response);
    }
  }

  private static boolean isForm(String contentType) {
    return contentType != null
        && contentType
            .replaceAll(";.*", "")
            .strip()
            .equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED);
  }

  /** The fields of a well-formed form, in their order. */
  static Map<String, String[]> fields(String form) {
    var fields = new LinkedHashMap<String, String[]>();
    for (String field : form.split("&", -1)) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        String name = equals < 0 ? field : field.substring(0, equals);
        String value = equals < 0 ? "" : field.substring(equals + 1);
        fields.merge(
            decoded(name), new String[] {decoded(value)}, FormOfUnknownLength::concatenated);
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String[] concatenated(String[] one, String[] other) {
    var both = new String[one.length + other.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** The request with the form's fields, of which the container finds none once they are read. */
  private static final class Parsed extends HttpServletRequestWrapper {
    private final Map<String, String[]> parameters;

    Parsed(HttpServletRequest request, Map<String, String[]> form) {
      super(request);
      var all = new LinkedHashMap<>(request.getParameterMap());
      form.forEach((name, values) -> all.merge(name, values, FormOfUnknownLength::concatenated));
      this.parameters = Collections.unmodifiableMap(all);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String[] getParameterValues(String name) {
      return parameters.get(name);
    }

    @Override
    public String getParameter(String name) {
      String[] values = parameters.get(name);
      return values == null ? null : values[0];
    }
  }
}
