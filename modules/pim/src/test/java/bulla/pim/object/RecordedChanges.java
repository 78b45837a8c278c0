package bulla.pim.object;

import bulla.commonops.change.Change;
import java.util.ArrayList;
import java.util.List;

/** Remembers the changes: {@code CREATE roles 1}. */
public class RecordedChanges implements PolicyChanges {
  private final List<String> records = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private Change last;

  @Override
  public void begin() {
    records.add("begin");
  }

  @Override
  public void record(Change change) {
    if (change.detail() != null) {
      details.add(change.detail());
    }
    records.add(change.action() + " " + change.objectType() + " " + change.objectId());
    last = change;
  }

  /** The newest change with its states. */
  public Change last() {
    return last;
  }

  public List<String> records() {
    return records;
  }

  /** The details of those changes that were recorded with one. */
  public List<String> details() {
    return details;
  }
}
