package bulla.pim.dataelement;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stored keys of data elements. */
interface ElementKeyRepository {
  /** Stores a new key. */
  void add(ElementKey key);

  /** The keys of these data elements, each one's in the order in which they were made. */
  List<ElementKey> ofElements(Collection<Long> dataElementIds);

  /** When the newest key of each of these data elements was made; one statement per thousand. */
  Map<Long, Instant> newest(Collection<Long> dataElementIds);

  /** Removes the keys of a data element, for ever. */
  void removeAll(long dataElementId);
}
