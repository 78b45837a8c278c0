package bulla.pim.alphabet;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;
import java.util.Collection;
import java.util.Optional;

/** Keeps the alphabets in the tables {@code pim_alphabet} and {@code pim_alphabet_part}. */
@Dependent
class JpaAlphabetRepository extends JpaPolicyObjects<StoredAlphabet> implements AlphabetRepository {
  JpaAlphabetRepository() {
    super(ObjectType.ALPHABET, StoredAlphabet.class);
  }

  @Override
  public void addParts(long alphabetId, Collection<Long> partIds) {
    partIds.forEach(part -> entityManager.persist(new AlphabetPart(alphabetId, part)));
    entityManager.flush();
  }

  @Override
  public void removeParts(long alphabetId) {
    entityManager
        .createQuery("delete from AlphabetPart p where p.alphabetId = :alphabet")
        .setParameter("alphabet", alphabetId)
        .executeUpdate();
  }

  @Override
  public Optional<Long> withPart(long partId) {
    return entityManager
        .createQuery("select p.alphabetId from AlphabetPart p where p.partId = :part", Long.class)
        .setParameter("part", partId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }
}
