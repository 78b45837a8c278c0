package bulla.pim.datastore;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A data store to create, or what an existing one becomes.
 *
 * @param asDefault in JSON {@code default}: whether it serves every protector that no other data
 *     store claims; the former default store loses the flag; false where it is absent
 */
public record WriteDataStore(
    @ObjectName String name,
    @Description String description,
    @JsonProperty("default") Boolean asDefault) {
  boolean isDefault() {
    return Boolean.TRUE.equals(asDefault);
  }
}
