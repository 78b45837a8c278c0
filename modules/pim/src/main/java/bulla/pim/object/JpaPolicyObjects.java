package bulla.pim.object;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the objects of one kind in a table.
 *
 * @param <T> their class, an entity
 */
public abstract class JpaPolicyObjects<T extends PolicyObject> implements PolicyObjects<T> {
  private final ObjectType type;
  private final Class<T> entity;

  @PersistenceContext(unitName = "pim")
  protected EntityManager entityManager;

  protected JpaPolicyObjects(ObjectType type, Class<T> entity) {
    this.type = type;
    this.entity = entity;
  }

  @Override
  public ObjectType type() {
    return type;
  }

  @Override
  public List<T> list() {
    return entityManager
        .createQuery("select o from " + entity.getSimpleName() + " o order by o.id", entity)
        .getResultList();
  }

  @Override
  public List<T> findAll(Collection<Long> ids) {
    return JpaRowsByNumber.read(
        entityManager,
        entity,
        "select o from " + entity.getSimpleName() + " o",
        "o.id",
        PolicyObject::id,
        JpaRowsByNumber.FEW_OTHERS,
        ids);
  }

  @Override
  public Optional<T> find(long id) {
    return Optional.ofNullable(entityManager.find(entity, id));
  }

  @Override
  public Optional<T> findNamed(String name) {
    return entityManager
        .createQuery(
            "select o from " + entity.getSimpleName() + " o where o.nameKey = :key", entity)
        .setParameter("key", PolicyObject.key(name))
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(T object) {
    entityManager.persist(object);
    entityManager.flush();
  }

  @Override
  public void write(T object) {
    entityManager.flush();
  }

  @Override
  public void remove(T object) {
    entityManager.remove(object);
    entityManager.flush();
  }
}
