package bulla.identity.token;

/** A pair of tokens on its way to the client. It has no text form, for nobody else may see it. */
final class IssuedTokens {
  private final String access;
  private final String refresh;
  private final int accessSeconds;
  private final int refreshSeconds;

  IssuedTokens(String access, String refresh, int accessSeconds, int refreshSeconds) {
    this.access = access;
    this.refresh = refresh;
    this.accessSeconds = accessSeconds;
    this.refreshSeconds = refreshSeconds;
  }

  String access() {
    return access;
  }

  String refresh() {
    return refresh;
  }

  int accessSeconds() {
    return accessSeconds;
  }

  int refreshSeconds() {
    return refreshSeconds;
  }
}
