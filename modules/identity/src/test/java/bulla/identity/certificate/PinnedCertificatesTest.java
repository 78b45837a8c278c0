package bulla.identity.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.StoredRoles;
import bulla.identity.user.StoredUsers;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedCertificatesTest {
  private static final X509Certificate CERTIFICATE = IssuedCertificates.good("CN=a client");
  private static final ClientCertificate PARSED = parsed(CERTIFICATE);
  private static final String PASSWORD = "trust store";

  private final IdentityDatabase database = new IdentityDatabase();
  private final RecordedJournal journal = new RecordedJournal();
  private String alpha;
  private String admin;

  @BeforeEach
  void createUsers() {
    alpha =
        database.transaction(
            entityManager -> {
              StoredRoles.install(entityManager);
              admin =
                  StoredUsers.create(
                      entityManager, journal.forChanges(), "admin", null, "directory_admin");
              return StoredUsers.create(
                  entityManager, journal.forChanges(), "alpha", null, "policy_user");
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aPinnedCertificateBelongsToItsUserUntilItIsTakenAway() {
    assertThat(userOf(CERTIFICATE)).isEmpty();
    PinnedCertificateView view = in(pinned -> pinned.pin(alpha, PARSED, any -> true));
    assertThat(view.sha256()).isEqualTo(PARSED.sha256());
    assertThat(view.subject()).isEqualTo("CN=a client");
    assertThat(userOf(CERTIFICATE)).contains(alpha);
    assertThat(userOf(IssuedCertificates.good("CN=a client"))).isEmpty();
    assertThat(certificatesOf(alpha)).containsExactly(view);
    assertThat(certificatesOf(admin)).isEmpty();

    in(pinned -> pinned.unpin(alpha, view.sha256(), any -> true));

    assertThat(userOf(CERTIFICATE)).isEmpty();
    assertThat(journal.actions()).endsWith("PIN_CERTIFICATE", "UNPIN_CERTIFICATE");
  }

  @Test
  void aCertificateThatHasExpiredBelongsToNobody() throws Exception {
    X509Certificate expired = IssuedCertificates.issued("CN=a", "EC", 256, -3600, -1, null, null);
    ClientCertificate stored = ClientCertificate.fromDer(expired.getEncoded());
    in(pinned -> pinned.pin(alpha, stored, any -> true));
    assertThat(userOf(expired)).isEmpty();
  }

  @Test
  void aCertificateHasOneUser() {
    in(pinned -> pinned.pin(alpha, PARSED, any -> true));
    refused(
        IdentityProblem.CERTIFICATE_PINNED,
        () -> in(pinned -> pinned.pin(admin, PARSED, any -> true)));
    refused(
        IdentityProblem.CERTIFICATE_NOT_FOUND,
        () -> in(pinned -> pinned.unpin(admin, PARSED.sha256(), any -> true)));
    assertThat(userOf(CERTIFICATE)).contains(alpha);
  }

  @Test
  void nobodyBecomesAUserThatMayDoMore() {
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () -> in(pinned -> pinned.pin(admin, PARSED, "can_access_ap"::equals)));
    in(pinned -> pinned.pin(alpha, PARSED, "can_access_ap"::equals));
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () -> in(pinned -> pinned.unpin(alpha, PARSED.sha256(), "user_manager_admin"::equals)));
  }

  @Test
  void whoIsNotThereHasNoCertificates() {
    refused(
        IdentityProblem.USER_NOT_FOUND,
        () -> in(pinned -> pinned.pin("nobody", PARSED, any -> true)));
    refused(IdentityProblem.USER_NOT_FOUND, () -> in(pinned -> pinned.list("nobody")));
  }

  @Test
  void aUserHasNoMoreThanAFew() {
    for (int i = 0; i < 8; i++) {
      ClientCertificate next = parsed(IssuedCertificates.good("CN=number " + i));
      in(pinned -> pinned.pin(alpha, next, any -> true));
    }
    refused(CommonProblem.CONFLICT, () -> in(pinned -> pinned.pin(alpha, PARSED, any -> true)));
  }

  @Test
  void theTrustStoreFollowsAndKeepsItsAuthorities(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("clients.p12");
    KeyStore made = KeyStore.getInstance("PKCS12");
    made.load(null, null);
    made.setCertificateEntry("client-authority-0", IssuedCertificates.good("CN=authority"));
    made.setCertificateEntry("pinned-00", IssuedCertificates.good("CN=taken away"));
    try (OutputStream out = Files.newOutputStream(store)) {
      made.store(out, PASSWORD.toCharArray());
    }

    in(pinned -> pinned.pin(alpha, PARSED, any -> true));
    renew(store);

    KeyStore trusted = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    assertThat(Collections.list(trusted.aliases()))
        .containsExactlyInAnyOrder("client-authority-0", "pinned-" + PARSED.sha256());
    assertThat(trusted.getCertificate("pinned-" + PARSED.sha256())).isEqualTo(CERTIFICATE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
        .isEqualTo("rw-------");

    var written = Files.getLastModifiedTime(store);
    renew(store);
    assertThat(Files.getLastModifiedTime(store)).as("nothing to change").isEqualTo(written);
    in(pinned -> pinned.unpin(alpha, PARSED.sha256(), any -> true));
    renew(store);
    assertThat(
            Collections.list(
                KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).aliases()))
        .containsExactly("client-authority-0");
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  private Optional<String> userOf(X509Certificate certificate) {
    return in(pinned -> pinned.userOf(certificate));
  }

  private List<PinnedCertificateView> certificatesOf(String userId) {
    return in(pinned -> pinned.list(userId));
  }

  private void renew(Path store) {
    in(
        pinned -> {
          new TrustedClients(pinned, store, PASSWORD).renew();
          return store;
        });
  }

  private <T> T in(Function<PinnedCertificates, T> work) {
    return database.transaction(
        entityManager -> {
          var repository = new JpaPinnedCertificateRepository();
          repository.entityManager = entityManager;
          return work.apply(
              new PinnedCertificates(
                  repository,
                  StoredUsers.oversight(entityManager, journal.forChanges()),
                  journal.forChanges()));
        });
  }

  private static ClientCertificate parsed(X509Certificate certificate) {
    return ClientCertificate.parse(IssuedCertificates.pem(certificate), Instant.now());
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
