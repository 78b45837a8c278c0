package bulla.pim.datastore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A data store as the API shows it.
 *
 * @param name the name, unique among the data stores
 * @param description what it is for, in words; absent where it was not given
 * @param asDefault in JSON {@code default}: whether it is marked as the default data store, which
 *     decides nothing about exports
 * @param uid the uid, by which paths and other objects refer to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataStoreView(
    String name, String description, @JsonProperty("default") boolean asDefault, String uid) {
  static DataStoreView of(DataStore store) {
    return new DataStoreView(store.name(), store.description(), store.isDefault(), store.uid());
  }
}
