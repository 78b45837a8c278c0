package bulla.pim.mask;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;

/** Keeps the masks in the table {@code pim_mask}. */
@Dependent
class JpaMaskRepository extends JpaPolicyObjects<NamedMask> implements MaskRepository {
  JpaMaskRepository() {
    super(ObjectType.MASK, NamedMask.class);
  }
}
