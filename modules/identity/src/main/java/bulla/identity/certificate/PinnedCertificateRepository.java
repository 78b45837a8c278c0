package bulla.identity.certificate;

import java.util.List;
import java.util.Optional;

/** Where pinned certificates are kept. All calls belong into a transaction. */
interface PinnedCertificateRepository {
  Optional<PinnedCertificate> find(String sha256);

  /** The certificates of one user, in the order in which they were added. */
  List<PinnedCertificate> of(String userId);

  List<PinnedCertificate> all();

  long count();

  void add(PinnedCertificate certificate);

  void remove(PinnedCertificate certificate);
}
