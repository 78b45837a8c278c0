package bulla.pim.datastore;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A data store to create, or what an existing one becomes.
 *
 * @param name the name, unique among the data stores, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param asDefault in JSON {@code default}: whether it is marked as the default data store, which
 *     one at most is: the former one loses the mark; false where it is absent. The mark is kept and
 *     shown and decides nothing: a package is exported by the fingerprint of an export key, or to
 *     an address in the ranges of its data store, and an address in no range is refused with 403
 */
public record WriteDataStore(
    @ObjectName String name,
    @Description String description,
    @JsonProperty("default") Boolean asDefault) {
  boolean isDefault() {
    return Boolean.TRUE.equals(asDefault);
  }
}
