package bulla.identity.token;

import bulla.commonops.authentication.VerifiedCaller;

/** The access tokens of this server, for those who receive them. */
public interface BearerTokens {
  /**
   * Verifies an access token and that neither its session nor its user's right to it has ended.
   *
   * @throws bulla.commonops.problem.Problem 401 where it is not good; it does not say why
   */
  VerifiedCaller verify(String token);
}
