package bulla.commonops.http;

import java.util.UUID;
import java.util.regex.Pattern;

/** What ties a request, its answer, the server's log and the journal together. */
public final class CorrelationId {
  /** The header that carries it, in the request (optional) and in every answer. */
  public static final String HEADER = "X-Correlation-ID";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private CorrelationId() {}

  /**
   * The id of a request.
   *
   * @param given the header's value; null where it is absent
   * @return the caller's own id where it has 1 to 64 letters, digits, dots, underscores and
   *     hyphens, else a new one
   */
  public static String of(String given) {
    return given != null && FORM.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
