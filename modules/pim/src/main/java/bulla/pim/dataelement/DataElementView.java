package bulla.pim.dataelement;

import bulla.protection.ProtectionMethod;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A data element as the API shows it: never its key.
 *
 * @param name the name, unique among the data elements
 * @param description what it is for, in words; absent where it was not given
 * @param method how its values are protected
 * @param uid the uid, by which paths and other objects refer to it
 * @param warnings what speaks against the method, where it is deprecated; absent where it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataElementView(
    String name,
    String description,
    @JsonUnwrapped ProtectionMethod method,
    String uid,
    List<String> warnings) {
  static DataElementView of(StoredElement element) {
    return of(element.name(), element.description(), element.method(), element.uid());
  }

  static DataElementView of(String name, String description, ProtectionMethod method, String uid) {
    return new DataElementView(
        name,
        description,
        method,
        uid,
        DeprecatedMethod.warning(method).map(List::of).orElse(null));
  }
}
