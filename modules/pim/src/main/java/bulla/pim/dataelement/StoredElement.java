package bulla.pim.dataelement;

import bulla.pim.object.PolicyObject;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.DataElement;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;

/** A data element without its key. */
@Entity
@Table(name = "pim_data_element")
class StoredElement extends PolicyObject {
  private String method;

  @Column(name = "mask_id")
  private Long maskId;

  /** For JPA. */
  protected StoredElement() {}

  /**
   * @param maskId the mask that {@code method} names; null where it names none
   */
  StoredElement(String name, String description, ProtectionMethod method, Long maskId) {
    super(name, description);
    this.method = MethodText.of(method);
    this.maskId = maskId;
  }

  ProtectionMethod method() {
    return MethodText.parse(method);
  }

  Optional<Long> maskId() {
    return Optional.ofNullable(maskId);
  }

  DataElement definition() {
    return new DataElement(uid(), name(), method());
  }
}
