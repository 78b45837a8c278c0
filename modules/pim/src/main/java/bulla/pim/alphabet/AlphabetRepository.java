package bulla.pim.alphabet;

import bulla.pim.object.PolicyObjects;
import java.util.Collection;
import java.util.Optional;

/** The stored alphabets. */
interface AlphabetRepository extends PolicyObjects<StoredAlphabet> {
  /** Stores that an alphabet names these others. */
  void addParts(long alphabetId, Collection<Long> partIds);

  /** Removes that an alphabet names others. */
  void removeParts(long alphabetId);

  /** An alphabet that names this one. */
  Optional<Long> withPart(long partId);
}
