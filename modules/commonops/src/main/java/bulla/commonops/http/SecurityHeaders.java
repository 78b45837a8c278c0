package bulla.commonops.http;

import java.util.Map;

/** The headers that every answer has, for browsers: of the APIs and of what is none. */
public final class SecurityHeaders {
  /** Each name with its value. */
  public static final Map<String, String> VALUES =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains");

  private SecurityHeaders() {}
}
