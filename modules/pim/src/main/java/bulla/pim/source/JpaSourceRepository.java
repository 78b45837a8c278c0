package bulla.pim.source;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.LockModeType;
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
    entityManager.lock(source, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
  }

  @Override
  public void remove(SourceSecret secret) {
    entityManager.remove(secret);
    entityManager.flush();
  }
}
