package bulla.pim.dataelement;

import java.util.Collection;
import java.util.List;

/** The stored keys of data elements. */
interface ElementKeyRepository {
  /** Stores a new key. */
  void add(ElementKey key);

  /** The keys of these data elements; one statement per thousand. */
  List<ElementKey> ofElements(Collection<Long> dataElementIds);

  /** Removes the keys of a data element, for ever. */
  void removeAll(long dataElementId);
}
