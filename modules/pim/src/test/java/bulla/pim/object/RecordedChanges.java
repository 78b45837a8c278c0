package bulla.pim.object;

import java.util.ArrayList;
import java.util.List;

/** Remembers the changes: {@code CREATE roles 1}. */
public class RecordedChanges implements PolicyChanges {
  private final List<String> records = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  @Override
  public void begin() {
    records.add("begin");
  }

  @Override
  public void record(String action, ObjectType type, String uid, String detail) {
    if (detail != null) {
      details.add(detail);
    }
    records.add(action + " " + type.path() + " " + uid);
  }

  public List<String> records() {
    return records;
  }

  /** The details of those changes that were recorded with one. */
  public List<String> details() {
    return details;
  }
}
