package bulla.pim.dataelement;

import bulla.protection.ProtectionMethod;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A data element as the API shows it: never its key.
 *
 * @param name the name, unique among the data elements
 * @param description what it is for, in words; absent where it was not given
 * @param method how its values are protected
 * @param uid the uid, by which paths and other objects refer to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataElementView(
    String name, String description, @JsonUnwrapped ProtectionMethod method, String uid) {
  static DataElementView of(StoredElement element) {
    return new DataElementView(
        element.name(), element.description(), element.method(), element.uid());
  }
}
