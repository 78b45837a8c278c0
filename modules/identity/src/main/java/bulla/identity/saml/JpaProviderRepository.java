package bulla.identity.saml;

import bulla.commonops.http.Page;
import bulla.commonops.problem.SqlViolation;
import bulla.identity.problem.IdentityProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;

/** Keeps the providers in the table {@code identity_saml_provider}. */
@ApplicationScoped
class JpaProviderRepository implements ProviderRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public Optional<SamlProvider> find(String alias) {
    return Optional.ofNullable(entityManager.find(SamlProvider.class, alias));
  }

  @Override
  public Optional<SamlProvider> lock(String alias) {
    return Optional.ofNullable(
        entityManager.find(SamlProvider.class, alias, LockModeType.PESSIMISTIC_WRITE));
  }

  @Override
  public List<SamlProvider> page(Page page) {
    return entityManager
        .createQuery("select p from SamlProvider p order by p.alias", SamlProvider.class)
        .setFirstResult(page.first())
        .setMaxResults(page.max())
        .getResultList();
  }

  @Override
  public long count() {
    return entityManager
        .createQuery("select count(p) from SamlProvider p", Long.class)
        .getSingleResult();
  }

  @Override
  public void add(SamlProvider provider) {
    entityManager.persist(provider);
    try {
      entityManager.flush();
    } catch (PersistenceException refused) {
      if (SqlViolation.UNIQUE.caused(refused)) {
        throw IdentityProblem.PROVIDER_EXISTS.because(
            "There is a SAML provider \"" + provider.alias() + "\" already", "alias");
      }
      throw refused;
    }
  }

  @Override
  public void remove(SamlProvider provider) {
    entityManager.remove(provider);
    entityManager.flush();
  }
}
