package bulla.identity.token;

import java.util.List;

/**
 * The published answer to a login and a refresh. The access token is not in it but in a header.
 *
 * @param status always 0
 * @param data the refresh token and the lifetimes
 * @param messages always empty
 */
public record TokenAnswer(int status, Data data, List<String> messages) {
  /**
   * The refresh token and the lifetimes.
   *
   * @param refreshToken good for one exchange
   * @param expiresIn seconds until the access token ends
   * @param refreshExpiresIn seconds until the refresh token ends
   */
  public record Data(String refreshToken, int expiresIn, int refreshExpiresIn) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Data[hidden]";
    }
  }

  static TokenAnswer of(IssuedTokens tokens) {
    return new TokenAnswer(
        0, new Data(tokens.refresh(), tokens.accessSeconds(), tokens.refreshSeconds()), List.of());
  }
}
