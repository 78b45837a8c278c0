package bulla.identity.token;

/**
 * What all tokens of a server have in common.
 *
 * @param issuer {@code iss}
 * @param audience {@code aud}
 * @param lifetimeSeconds how long access and refresh tokens are good
 */
record TokenSettings(String issuer, String audience, int lifetimeSeconds) {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 86_400;

  TokenSettings {
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("bulla.issuer and bulla.audience must not be empty");
    }
    if (lifetimeSeconds < SHORTEST || lifetimeSeconds > LONGEST) {
      throw new IllegalArgumentException(
          "bulla.token.seconds must be from " + SHORTEST + " to " + LONGEST);
    }
  }
}
