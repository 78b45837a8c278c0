package bulla.pim.dataelement;

import bulla.pim.object.PolicyObjects;
import java.util.Optional;

/** The stored data elements. */
interface ElementRepository extends PolicyObjects<StoredElement> {
  /** A data element whose method names this mask. */
  Optional<StoredElement> withMask(long maskId);

  /** A data element whose method names this alphabet. */
  Optional<StoredElement> withAlphabet(String alphabetUid);
}
