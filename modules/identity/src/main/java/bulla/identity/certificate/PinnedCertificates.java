package bulla.identity.certificate;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.problem.CommonProblem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import bulla.identity.user.UserOversight;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which client certificates belong to whom. */
@Dependent
@Transactional
public class PinnedCertificates {
  /** So that the names of all of them fit into what TLS sends to every client. */
  static final int MOST = 200;

  private static final int MOST_OF_ONE_USER = 8;

  private final PinnedCertificateRepository repository;
  private final UserOversight oversight;
  private final ChangeJournal journal;

  @Inject
  PinnedCertificates(
      PinnedCertificateRepository repository, UserOversight oversight, ChangeJournal journal) {
    this.repository = repository;
    this.oversight = oversight;
    this.journal = journal;
  }

  /** The id of the user that a certificate belongs to, if it is valid now. */
  public Optional<String> userOf(X509Certificate certificate) {
    try {
      return repository
          .find(ClientCertificate.sha256(certificate.getEncoded()))
          .filter(pinned -> pinned.certificate().isValid(Instant.now()))
          .map(PinnedCertificate::userId);
    } catch (CertificateEncodingException unreadable) {
      return Optional.empty();
    }
  }

  List<PinnedCertificateView> list(String userId) {
    oversight.require(userId);
    return repository.of(userId).stream().map(PinnedCertificate::view).toList();
  }

  PinnedCertificateView pin(
      String userId, ClientCertificate certificate, Predicate<String> callerHas) {
    oversight.requireOver(userId, callerHas);
    if (repository.find(certificate.sha256()).isPresent()) {
      throw IdentityProblem.CERTIFICATE_PINNED.because(
          "The certificate with SHA-256 " + certificate.sha256() + " has a user already", "pem");
    }
    if (repository.of(userId).size() >= MOST_OF_ONE_USER || repository.count() >= MOST) {
      throw CommonProblem.CONFLICT.because(
          "No more than "
              + MOST_OF_ONE_USER
              + " certificates can be pinned to a user and "
              + MOST
              + " in all; use an authority (BULLA_CLIENT_CA_FILE) for more");
    }
    var pinned = new PinnedCertificate(userId, certificate, Clock.systemUTC().instant());
    repository.add(pinned);
    PinnedCertificateView after = pinned.view();
    journal.changed(
        Change.created("PIN_CERTIFICATE", "users", userId, after)
            .telling("SHA-256 " + pinned.sha256()));
    return after;
  }

  UnpinnedCertificate unpin(String userId, String sha256, Predicate<String> callerHas) {
    oversight.requireOver(userId, callerHas);
    PinnedCertificate pinned =
        repository
            .find(sha256)
            .filter(found -> found.userId().equals(userId))
            .orElseThrow(
                () ->
                    IdentityProblem.CERTIFICATE_NOT_FOUND.because(
                        "The user has no certificate with SHA-256 " + Quoted.text(sha256)));
    repository.remove(pinned);
    journal.changed(
        Change.deleted("UNPIN_CERTIFICATE", "users", userId, pinned.view())
            .telling("SHA-256 " + sha256));
    return new UnpinnedCertificate("deleted", sha256);
  }

  /** All of them, for TLS. */
  List<ClientCertificate> all() {
    return repository.all().stream().map(PinnedCertificate::certificate).toList();
  }
}
