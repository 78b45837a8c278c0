package bulla.pim.datastore;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A data store to create, or what an existing one becomes.
 *
 * @param name the name, unique among the data stores, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
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
