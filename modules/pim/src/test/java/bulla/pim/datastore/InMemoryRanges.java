package bulla.pim.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges in memory. */
final class InMemoryRanges implements RangeRepository {
  private final List<StoredRange> ranges = new ArrayList<>();
  private long last;

  @Override
  public List<StoredRange> ofStore(long dataStoreId) {
    return ranges.stream().filter(range -> range.dataStoreId() == dataStoreId).toList();
  }

  @Override
  public Optional<StoredRange> find(long dataStoreId, long id) {
    return ofStore(dataStoreId).stream().filter(range -> range.id() == id).findFirst();
  }

  @Override
  public Optional<StoredRange> overlapping(NetworkAddress lowest, NetworkAddress highest) {
    return ranges.stream()
        .filter(
            range ->
                range.lowest().digits().compareTo(highest.digits()) <= 0
                    && range.highest().digits().compareTo(lowest.digits()) >= 0)
        .findFirst();
  }

  @Override
  public void add(StoredRange range) {
    range.stored(++last);
    ranges.add(range);
  }

  @Override
  public void remove(StoredRange range) {
    ranges.remove(range);
  }
}
