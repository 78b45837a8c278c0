package bulla.identity.authentication;

import bulla.commonops.authentication.CredentialVerifier;
import bulla.commonops.authentication.VerifiedCaller;
import bulla.commonops.problem.Problem;
import bulla.identity.login.PasswordLogin;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.token.BearerTokens;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;

/** Verifies credentials against the stored users. */
@Dependent
class StoredCredentialVerifier implements CredentialVerifier {
  private final PasswordLogin login;
  private final BearerTokens tokens;
  private final Accounts accounts;
  private final ClientCertificates certificates;

  @Inject
  StoredCredentialVerifier(
      PasswordLogin login,
      BearerTokens tokens,
      Accounts accounts,
      ClientCertificates certificates) {
    this.login = login;
    this.tokens = tokens;
    this.accounts = accounts;
    this.certificates = certificates;
  }

  @Override
  public VerifiedCaller verifyPassword(String name, SecretBytes password, String address) {
    return caller(login.verifyLasting(name, password, address));
  }

  @Override
  public VerifiedCaller verifyCertificate(X509Certificate certificate) {
    return certificates
        .userName(certificate)
        .flatMap(accounts::named)
        .filter(Account::enabled)
        .map(StoredCredentialVerifier::caller)
        .orElseThrow(StoredCredentialVerifier::certificateRefused);
  }

  @Override
  public VerifiedCaller verifyToken(String token) {
    return tokens.verify(token);
  }

  private static VerifiedCaller caller(Account account) {
    return new VerifiedCaller(account.id(), account.name(), account.permissions());
  }

  private static Problem certificateRefused() {
    return IdentityProblem.CERTIFICATE_REFUSED.because(
        "Use a certificate of the configured client authority whose common name is the name of an"
            + " enabled user, or another way to authenticate");
  }
}
