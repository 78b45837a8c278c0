package bulla.identity.token;

/**
 * What all tokens of a server have in common.
 *
 * @param issuer {@code iss}
 * @param audience {@code aud}
 * @param accessSeconds how long access tokens are good
 * @param refreshSeconds how long refresh tokens are good
 */
record TokenSettings(String issuer, String audience, int accessSeconds, int refreshSeconds) {
  private static final int LONGEST_TEXT = 400;
  private static final int SHORTEST = 10;
  private static final int LONGEST_ACCESS = 86_400;
  private static final int LONGEST_REFRESH = 30 * 86_400;

  TokenSettings {
    // They are in every token, which is in a header of a bounded size.
    requireText("BULLA_ISSUER", issuer);
    requireText("BULLA_AUDIENCE", audience);
    requireWithin("BULLA_ACCESS_TOKEN_SECONDS", accessSeconds, LONGEST_ACCESS);
    requireWithin("BULLA_REFRESH_TOKEN_SECONDS", refreshSeconds, LONGEST_REFRESH);
  }

  /** How long a session stays open without a refresh: as long as one of its tokens is good. */
  int sessionSeconds() {
    return Math.max(accessSeconds, refreshSeconds);
  }

  private static void requireText(String name, String text) {
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          name + " must be a text of at most " + LONGEST_TEXT + " characters");
    }
  }

  private static void requireWithin(String name, int seconds, int longest) {
    if (seconds < SHORTEST || seconds > longest) {
      throw new IllegalArgumentException(name + " must be from " + SHORTEST + " to " + longest);
    }
  }
}
