package bulla.resilientpackage.envelope;

import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.policy.DataElement;
import java.util.Objects;

/**
 * A data element with its key material.
 *
 * @param element the data element
 * @param keys the keys that its method needs; wiped when the package is closed
 * @param alphabet the alphabet that its method names; null when it names none
 */
public record PackagedElement(DataElement element, ElementKeys keys, CodePoints alphabet) {
  public PackagedElement {
    Objects.requireNonNull(element);
    keys.requireFit(element.method());
    if ((alphabet != null) != (element.method() instanceof UnicodeGen2Token)) {
      throw new IllegalArgumentException("An alphabet is for the method that names one, and only");
    }
  }
}
