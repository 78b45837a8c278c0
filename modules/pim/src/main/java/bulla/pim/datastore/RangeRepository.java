package bulla.pim.datastore;

import java.util.List;
import java.util.Optional;

/** The stored ranges of addresses. */
interface RangeRepository {
  /** The ranges of a data store, in the order of their uids. */
  List<StoredRange> ofStore(long dataStoreId);

  /** The range of this data store with this number. */
  Optional<StoredRange> find(long dataStoreId, long id);

  /** A range of any data store that has an address of this one. */
  Optional<StoredRange> overlapping(NetworkAddress lowest, NetworkAddress highest);

  /** Stores a new range, which has a uid when this returns. */
  void add(StoredRange range);

  /** Removes a range. */
  void remove(StoredRange range);
}
