package bulla.identity.certificate;

import bulla.identity.RecordedJournal;
import bulla.identity.user.UserOversight;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Pinned certificates in memory. */
public final class KnownPins {
  private KnownPins() {}

  /** One certificate that belongs to one user. */
  public static PinnedCertificates of(X509Certificate certificate, String userId)
      throws CertificateException {
    var repository = new InMemory();
    repository.add(
        new PinnedCertificate(
            userId, ClientCertificate.fromDer(certificate.getEncoded()), Instant.EPOCH));
    return new PinnedCertificates(repository, new Nobody(), new RecordedJournal().forChanges());
  }

  private static final class Nobody implements UserOversight {
    @Override
    public void require(String userId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void requireOver(String userId, Predicate<String> callerHas) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class InMemory implements PinnedCertificateRepository {
    private final Map<String, PinnedCertificate> kept = new LinkedHashMap<>();

    @Override
    public Optional<PinnedCertificate> find(String sha256) {
      return Optional.ofNullable(kept.get(sha256));
    }

    @Override
    public List<PinnedCertificate> of(String userId) {
      return kept.values().stream().filter(one -> one.userId().equals(userId)).toList();
    }

    @Override
    public List<PinnedCertificate> all() {
      return List.copyOf(kept.values());
    }

    @Override
    public long count() {
      return kept.size();
    }

    @Override
    public void add(PinnedCertificate certificate) {
      kept.put(certificate.sha256(), certificate);
    }

    @Override
    public void remove(PinnedCertificate certificate) {
      kept.remove(certificate.sha256());
    }
  }
}
