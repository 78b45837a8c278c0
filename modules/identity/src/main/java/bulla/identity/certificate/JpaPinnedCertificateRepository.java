package bulla.identity.certificate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Keeps the pinned certificates in the table {@code identity_certificate}. */
@ApplicationScoped
class JpaPinnedCertificateRepository implements PinnedCertificateRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public Optional<PinnedCertificate> find(String sha256) {
    return Optional.ofNullable(entityManager.find(PinnedCertificate.class, sha256));
  }

  @Override
  public List<PinnedCertificate> of(String userId) {
    return entityManager
        .createQuery(
            "select c from PinnedCertificate c where c.userId = :user order by c.addedAt, c.sha256",
            PinnedCertificate.class)
        .setParameter("user", userId)
        .getResultList();
  }

  @Override
  public List<PinnedCertificate> all() {
    return entityManager
        .createQuery("select c from PinnedCertificate c order by c.sha256", PinnedCertificate.class)
        .getResultList();
  }

  @Override
  public long count() {
    return entityManager
        .createQuery("select count(c) from PinnedCertificate c", Long.class)
        .getSingleResult();
  }

  @Override
  public void add(PinnedCertificate certificate) {
    entityManager.persist(certificate);
    entityManager.flush();
  }

  @Override
  public void remove(PinnedCertificate certificate) {
    entityManager.remove(certificate);
  }
}
