package bulla.commonops.authentication;

import bulla.commonops.problem.Problem;
import bulla.secrets.SecretBytes;
import java.security.cert.X509Certificate;
import org.eclipse.microprofile.jwt.JsonWebToken;

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
   * Finds the user of a client certificate whose chain TLS has verified.
   *
   * @throws Problem 401 where it belongs to no enabled user
   */
  VerifiedCaller verifyCertificate(X509Certificate certificate);

  /**
   * Checks of a bearer token, whose signature, issuer, audience and lifetime are verified, what a
   * stateless check cannot know: that its key is still in use, that it is not revoked, that it is
   * not older than its user's last change.
   *
   * @throws Problem 401 where the token is no longer good
   */
  void verifyToken(JsonWebToken token);
}
