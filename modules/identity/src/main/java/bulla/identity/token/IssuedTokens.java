package bulla.identity.token;

/** A pair of tokens on its way to the client. It has no text form, for nobody else may see it. */
final class IssuedTokens {
  private final String access;
  private final String refresh;
  private final int lifetimeSeconds;

  IssuedTokens(String access, String refresh, int lifetimeSeconds) {
    this.access = access;
    this.refresh = refresh;
    this.lifetimeSeconds = lifetimeSeconds;
  }

  String access() {
    return access;
  }

  String refresh() {
    return refresh;
  }

  int lifetimeSeconds() {
    return lifetimeSeconds;
  }
}
