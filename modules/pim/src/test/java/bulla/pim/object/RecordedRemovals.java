package bulla.pim.object;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which packages were removed: {@code 1 before 2}, {@code for 9f86...}. */
public class RecordedRemovals implements SealedPackages {
  private final List<String> records = new CopyOnWriteArrayList<>();

  @Override
  public void removeBefore(String dataStoreUid, long revision) {
    records.add(dataStoreUid + " before " + revision);
  }

  @Override
  public void removeFor(String fingerprint) {
    records.add("for " + fingerprint);
  }

  public List<String> records() {
    return records;
  }
}
