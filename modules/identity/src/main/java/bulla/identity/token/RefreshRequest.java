package bulla.identity.token;

import jakarta.validation.constraints.NotNull;

/**
 * The refresh token to exchange.
 *
 * @param refreshToken as the login or the last refresh answered it
 */
public record RefreshRequest(@NotNull(message = "is needed") String refreshToken) {
  /** Without the token. */
  @Override
  public String toString() {
    return "RefreshRequest[hidden]";
  }
}
