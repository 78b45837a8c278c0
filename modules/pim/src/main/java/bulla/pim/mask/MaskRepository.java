package bulla.pim.mask;

import bulla.pim.object.PolicyObjects;

/** The stored masks. */
interface MaskRepository extends PolicyObjects<NamedMask> {}
