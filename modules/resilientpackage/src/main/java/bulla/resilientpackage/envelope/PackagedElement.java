package bulla.resilientpackage.envelope;

import bulla.resilientpackage.policy.DataElement;
import bulla.secrets.SecretBytes;
import java.util.Objects;

/**
 * A data element with its key material.
 *
 * @param element the data element
 * @param keyId the number of the key among the element's keys; 0 when its method needs none
 * @param key as many bytes as the method says; of length 0 when it needs none. Wiped when the
 *     package is closed
 */
public record PackagedElement(DataElement element, int keyId, SecretBytes key) {
  public PackagedElement {
    Objects.requireNonNull(element);
    Objects.requireNonNull(key);
    if (key.length() != element.method().keyLength()) {
      throw new IllegalArgumentException(
          "The key of " + element.name() + " must have " + element.method().keyLength() + " bytes");
    }
    if ((keyId > 0) != (key.length() > 0)) {
      throw new IllegalArgumentException("A key has an id from 1 on, and no key has the id 0");
    }
  }
}
