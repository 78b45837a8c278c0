package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a form with the bounds of {@link BoundedBody}, before the container does, which would wait
 * for a slow one and read an endless one to its end. One that says that it is too long is left to
 * {@link BodyLimit}, which refuses it unread. The form's own fields alone count: a password in a
 * query, which logs and histories keep, is none.
 */
public class FormInTime extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern PAIRS = Pattern.compile("&");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isForm(request.getContentType())
        || request.getContentLengthLong() > BodyLimit.MOST_FORM_BYTES) {
      chain.doFilter(request, response);
      return;
    }
    Map<String, String[]> parameters;
    try {
      var body = new BoundedBody(request.getInputStream(), BodyLimit.MOST_FORM_BYTES);
      String form = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      parameters = parameters(form);
    } catch (Problem refused) {
      ContainerErrorPage.answer(request, response, refused);
      return;
    } catch (IOException | IllegalArgumentException cutShortOrMalformed) {
      ContainerErrorPage.answer(
          request, response, CommonProblem.BAD_REQUEST.because("The form is not well formed"));
      return;
    }
    chain.doFilter(new ReadForm(request, parameters), response);
  }

  private static boolean isForm(String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  /**
   * The fields of a form (URL Standard, section 5.1).
   *
   * @throws IllegalArgumentException if the percent-encoding is malformed
   */
  static Map<String, String[]> parameters(String form) {
    var parameters = new LinkedHashMap<String, String[]>();
    PAIRS
        .splitAsStream(form)
        .filter(pair -> !pair.isEmpty())
        .forEach(
            pair -> {
              int equals = pair.indexOf('=');
              String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
              String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
              parameters.merge(name, new String[] {value}, FormInTime::joined);
            });
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String[] joined(String[] first, String[] then) {
    String[] all = Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, all, first.length, then.length);
    return all;
  }

  /** A request whose form has been read already. */
  private static final class ReadForm extends HttpServletRequestWrapper {
    private final Map<String, String[]> parameters;

    ReadForm(HttpServletRequest request, Map<String, String[]> parameters) {
      super(request);
      this.parameters = Collections.unmodifiableMap(parameters);
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
      String[] values = parameters.get(name);
      return values == null ? null : values.clone();
    }

    @Override
    public String getParameter(String name) {
      String[] values = parameters.get(name);
      return values == null ? null : values[0];
    }
  }
}
