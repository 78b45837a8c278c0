package bulla.pim.dataelement;

import bulla.protection.ProtectionMethod;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A data element as the API shows it: never its key. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataElementView(
    String name, String description, @JsonUnwrapped ProtectionMethod method, String uid) {
  static DataElementView of(StoredElement element) {
    return new DataElementView(
        element.name(), element.description(), element.method(), element.uid());
  }
}
