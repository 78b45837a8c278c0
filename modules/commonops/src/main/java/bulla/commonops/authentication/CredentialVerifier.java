package bulla.commonops.authentication;

import bulla.commonops.problem.Problem;
import bulla.secrets.SecretBytes;
import java.security.cert.X509Certificate;

/**
 * Decides whether credentials are good. The authentication filter calls it once per request; the
 * module that keeps the users implements it.
 */
public interface CredentialVerifier {
  /**
   * Verifies a user name and a password (HTTP Basic, RFC 7617), under the same limits as a login.
   *
   * @param name the user's name as the client sent it
   * @param password the password in UTF-8
   * @param address where the request comes from
   * @throws Problem 401 where they do not fit, the same for an unknown user and a wrong password;
   *     429 where there were too many attempts
   */
  VerifiedCaller verifyPassword(String name, SecretBytes password, String address);

  /**
   * Finds the user of a client certificate whose chain TLS has verified, under the same limits as a
   * login.
   *
   * @param address where the request comes from
   * @throws Problem 401 where it belongs to no enabled user; 429 where there were too many attempts
   */
  VerifiedCaller verifyCertificate(X509Certificate certificate, String address);

  /**
   * Verifies a bearer token (RFC 6750): signature, type, issuer, audience and lifetime (RFC 8725),
   * that its key is still in use, that it is not revoked, and that it is not older than its user's
   * last change.
   *
   * @param token the token in its compact form; it reaches no log and no exception
   * @throws Problem 401 where the token is not good; it does not say why
   */
  VerifiedCaller verifyToken(String token);
}
