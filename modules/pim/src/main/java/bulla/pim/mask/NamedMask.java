package bulla.pim.mask;

import bulla.pim.object.PolicyObject;
import bulla.protection.Mask;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A mask with a name. */
@Entity
@Table(name = "pim_mask")
class NamedMask extends PolicyObject {
  @Column(name = "from_left")
  private int fromLeft;

  @Column(name = "from_right")
  private int fromRight;

  private boolean masked;

  @Column(name = "mask_character")
  private String character;

  /** For JPA. */
  protected NamedMask() {}

  NamedMask(String name, String description, Mask mask) {
    become(name, description, mask);
  }

  final void become(String newName, String newDescription, Mask mask) {
    call(newName, newDescription);
    this.fromLeft = mask.fromLeft();
    this.fromRight = mask.fromRight();
    this.masked = mask.masked();
    this.character = mask.character();
  }

  Mask mask() {
    return new Mask(fromLeft, fromRight, masked, character);
  }
}
