package bulla.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.identity.RecordedJournal;
import bulla.identity.certificate.IssuedCertificates;
import bulla.identity.certificate.KnownPins;
import bulla.identity.login.LoginGate;
import bulla.identity.login.OpenGate;
import bulla.identity.login.PasswordLogin;
import bulla.identity.password.FastHashing;
import bulla.identity.password.NewPassword;
import bulla.identity.password.PasswordHash;
import bulla.identity.password.PasswordHashing;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.user.Account;
import bulla.identity.user.Accounts;
import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCredentialVerifierTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String HOME = "192.0.2.1";
  private static final int FAILURES_A_MINUTE = 10;
  private static final X509Certificate PINNED = IssuedCertificates.good("CN=whoever");
  private static final X509Certificate UNKNOWN = IssuedCertificates.good("CN=alpha");

  @TempDir Path directory;
  private final RecordedJournal journal = new RecordedJournal();
  private final PasswordHashing hashing = FastHashing.create();
  private StoredCredentialVerifier verifier;
  private boolean enabled = true;

  @BeforeEach
  void open() throws Exception {
    LoginGate gate = OpenGate.create(journal, directory);
    Accounts accounts = new OneAccount();
    verifier =
        new StoredCredentialVerifier(
            new PasswordLogin(accounts, hashing, gate),
            gate,
            token -> {
              throw new UnsupportedOperationException();
            },
            accounts,
            new ClientCertificates(Optional.empty()),
            KnownPins.of(PINNED, "id-of-alpha"));
  }

  @Test
  void aPinnedCertificateIsItsUserWhateverItsName() {
    var caller = verifier.verifyCertificate(PINNED, HOME);
    assertThat(caller.name()).isEqualTo("alpha");
    assertThat(caller.permissions()).containsExactly("role_viewer");
  }

  @Test
  void anUnknownCertificateIsNobodyWhateverItsName() {
    refused(IdentityProblem.CERTIFICATE_REFUSED, () -> verifier.verifyCertificate(UNKNOWN, HOME));
    assertThat(journal.actions()).containsExactly("LOGIN");
  }

  @Test
  void theCertificateOfADisabledUserIsRefused() {
    enabled = false;
    refused(IdentityProblem.CERTIFICATE_REFUSED, () -> verifier.verifyCertificate(PINNED, HOME));
  }

  @Test
  void failuresWithPasswordsKeepTheCertificateOutToo() {
    for (int i = 0; i < FAILURES_A_MINUTE; i++) {
      String address = "192.0.2." + (10 + i);
      refused(
          IdentityProblem.WRONG_CREDENTIALS,
          () -> verifier.verifyPassword("alpha", secret("wrong horse battery"), address));
    }
    refused(CommonProblem.TOO_MANY_REQUESTS, () -> verifier.verifyCertificate(PINNED, HOME));
  }

  @Test
  void failuresWithCertificatesKeepThePasswordOutToo() {
    enabled = false;
    for (int i = 0; i < FAILURES_A_MINUTE; i++) {
      String address = "192.0.2." + (10 + i);
      refused(
          IdentityProblem.CERTIFICATE_REFUSED, () -> verifier.verifyCertificate(PINNED, address));
    }
    enabled = true;
    refused(
        CommonProblem.TOO_MANY_REQUESTS,
        () -> verifier.verifyPassword("alpha", secret(PASSWORD), HOME));
  }

  @Test
  void whoCameWithItsCertificateIsKnownThere() {
    verifier.verifyCertificate(PINNED, HOME);
    for (int i = 0; i < FAILURES_A_MINUTE; i++) {
      String address = "192.0.2." + (10 + i);
      refused(
          IdentityProblem.WRONG_CREDENTIALS,
          () -> verifier.verifyPassword("alpha", secret("wrong horse battery"), address));
    }
    assertThat(verifier.verifyCertificate(PINNED, HOME).name()).isEqualTo("alpha");
    assertThat(verifier.verifyPassword("alpha", secret(PASSWORD), HOME).name()).isEqualTo("alpha");
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.takeFrom(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private final class OneAccount implements Accounts {
    private final PasswordHash hash = hashing.hash(NewPassword.of(PASSWORD));

    @Override
    public Optional<Credentials> credentials(String name) {
      return named(name)
          .map(account -> new Credentials(account.id(), account.enabled(), account.passwordHash()));
    }

    @Override
    public Optional<Account> named(String name) {
      return name.equals("alpha") ? withId("id-of-alpha") : Optional.empty();
    }

    @Override
    public Optional<Account> withId(String id) {
      return id.equals("id-of-alpha")
          ? Optional.of(
              new Account(
                  id,
                  "alpha",
                  enabled,
                  0,
                  Optional.of(hash),
                  false,
                  Set.of(),
                  Set.of("role_viewer")))
          : Optional.empty();
    }

    @Override
    public boolean accepts(String id, long tokenGeneration) {
      return true;
    }

    @Override
    public List<PasswordHash> passwords(String id) {
      return List.of(hash);
    }

    @Override
    public boolean changePassword(Account account, PasswordHash wanted) {
      throw new UnsupportedOperationException();
    }
  }
}
