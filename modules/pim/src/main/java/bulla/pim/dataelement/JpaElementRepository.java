package bulla.pim.dataelement;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;

/** Keeps the data elements in the table {@code pim_data_element}. */
@Dependent
class JpaElementRepository extends JpaPolicyObjects<StoredElement> implements ElementRepository {
  JpaElementRepository() {
    super(ObjectType.DATA_ELEMENT, StoredElement.class);
  }

  @Override
  public Optional<StoredElement> withMask(long maskId) {
    return entityManager
        .createQuery("select e from StoredElement e where e.maskId = :mask", StoredElement.class)
        .setParameter("mask", maskId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  // Methods are kept in one JSON form, and uids are decimal numbers: there is no other spelling.
  @Override
  public Optional<StoredElement> withAlphabet(String alphabetUid) {
    return entityManager
        .createQuery(
            "select e from StoredElement e where e.method like :named", StoredElement.class)
        .setParameter("named", "%\"alphabetUid\":\"" + alphabetUid + "\"%")
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }
}
