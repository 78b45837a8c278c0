package bulla.commonops.http;

import java.util.Map;

/** The headers that every answer has, for browsers: of the APIs and of what is none. */
public final class SecurityHeaders {
  private static final Map<String, String> OVER_HTTP = Map.of("X-Content-Type-Options", "nosniff");

  private static final Map<String, String> OVER_TLS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains");

  private SecurityHeaders() {}

  /**
   * Each name with its value.
   *
   * @param overTls whether the request came over TLS: only then may the answer demand it (RFC 6797,
   *     section 7.2)
   */
  public static Map<String, String> of(boolean overTls) {
    return overTls ? OVER_TLS : OVER_HTTP;
  }
}
