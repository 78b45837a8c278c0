package bulla.pim.datastore;

import bulla.pim.object.Uid;

/**
 * A range of addresses as the API shows it.
 *
 * @param from the first address
 * @param to the last address
 * @param uid the uid, by which paths and other objects refer to it
 */
public record RangeView(String from, String to, String uid) {
  static RangeView of(StoredRange range) {
    return new RangeView(range.lowest().text(), range.highest().text(), Uid.of(range.id()));
  }
}
