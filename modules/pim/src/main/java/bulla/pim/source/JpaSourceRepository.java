package bulla.pim.source;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;

/** Keeps the member sources in the table {@code pim_source}. */
@Dependent
class JpaSourceRepository extends JpaPolicyObjects<MemberSource> implements SourceRepository {
  JpaSourceRepository() {
    super(ObjectType.SOURCE, MemberSource.class);
  }

  @Override
  public Optional<SourceSecret> secret(long sourceId) {
    return Optional.ofNullable(entityManager.find(SourceSecret.class, sourceId));
  }

  @Override
  public void add(SourceSecret secret) {
    entityManager.persist(secret);
  }

  @Override
  public void passwordChanged(MemberSource source) {
    // A forced increment of JPA is lost where the source was written before.
    entityManager.flush();
    entityManager
        .createNativeQuery("update pim_source set version = version + 1 where id = ?")
        .setParameter(1, source.id())
        .executeUpdate();
    entityManager.refresh(source);
  }

  @Override
  public void remove(SourceSecret secret) {
    entityManager.remove(secret);
    entityManager.flush();
  }
}
