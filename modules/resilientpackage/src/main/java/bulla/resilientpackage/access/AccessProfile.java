package bulla.resilientpackage.access;

import java.util.Map;

/**
 * A distinct set of rights, which many users may share.
 *
 * @param elements what is allowed for each data element, by its uid; one that is not there has no
 *     rule
 */
public record AccessProfile(Map<String, ElementAccess> elements) {
  public AccessProfile {
    elements = Map.copyOf(elements);
  }
}
