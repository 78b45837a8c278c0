package bulla.identity.authentication;

import bulla.commonops.authentication.CredentialVerifier;
import bulla.commonops.authentication.VerifiedCaller;
import bulla.commonops.problem.Problem;
import bulla.identity.certificate.PinnedCertificates;
import bulla.identity.login.LoginGate;
import bulla.identity.login.PasswordLogin;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.token.BearerTokens;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Verifies credentials against the stored users. */
@Dependent
class StoredCredentialVerifier implements CredentialVerifier {
  private final PasswordLogin login;
  private final LoginGate gate;
  private final BearerTokens tokens;
  private final Accounts accounts;
  private final ClientCertificates certificates;
  private final PinnedCertificates pinned;

  @Inject
  StoredCredentialVerifier(
      PasswordLogin login,
      LoginGate gate,
      BearerTokens tokens,
      Accounts accounts,
      ClientCertificates certificates,
      PinnedCertificates pinned) {
    this.login = login;
    this.gate = gate;
    this.tokens = tokens;
    this.accounts = accounts;
    this.certificates = certificates;
    this.pinned = pinned;
  }

  @Override
  public VerifiedCaller verifyPassword(String name, SecretBytes password, String address) {
    return caller(login.verifyLasting(name, password, address));
  }

  @Override
  public VerifiedCaller verifyCertificate(X509Certificate certificate, String address) {
    Optional<String> userId = pinned.userOf(certificate);
    Optional<String> commonName =
        userId.isPresent() ? Optional.empty() : certificates.userName(certificate);
    Optional<Account> named =
        userId.flatMap(accounts::withId).or(() -> commonName.flatMap(accounts::named));
    // A name that nobody has is counted under that name, as with passwords.
    String name = named.map(Account::name).or(() -> commonName).orElse("");
    gate.enter(name, address);
    Optional<Account> account = named.filter(Account::enabled);
    if (account.isEmpty()) {
      gate.failed(name, address, "the certificate belongs to no enabled user");
      throw certificateRefused();
    }
    gate.succeeded(name, address);
    return caller(account.get());
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
        "Use a certificate that is pinned to an enabled user, or one of the configured client"
            + " authority whose common name is such a user's name, or another way to authenticate");
  }
}
