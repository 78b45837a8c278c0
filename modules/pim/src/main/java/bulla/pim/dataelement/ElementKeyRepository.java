package bulla.pim.dataelement;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stored keys of data elements. */
interface ElementKeyRepository {
  /** Stores a new key. */
  void add(ElementKey key);

  /** The keys of these data elements, each one's in the order in which they were made. */
  List<ElementKey> ofElements(Collection<Long> dataElementIds);

  /** The id of the newest key of each of these data elements; one statement per thousand. */
  Map<Long, Long> newest(Collection<Long> dataElementIds);

  /** The id of the newest key of all; 0 where there is none. */
  long newest();

  /** Removes the keys of a data element, for ever. */
  void removeAll(long dataElementId);
}
