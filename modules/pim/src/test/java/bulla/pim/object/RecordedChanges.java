package bulla.pim.object;

import java.util.ArrayList;
import java.util.List;

/** Remembers the changes: {@code CREATE roles 1}. */
public class RecordedChanges implements PolicyChanges {
  private final List<String> records = new ArrayList<>();

  @Override
  public void begin() {
    records.add("begin");
  }

  @Override
  public void record(String action, ObjectType type, String uid) {
    records.add(action + " " + type.path() + " " + uid);
  }

  public List<String> records() {
    return records;
  }
}
