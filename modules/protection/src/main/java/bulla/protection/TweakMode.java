package bulla.protection;

/** Where the tweak of format preserving encryption comes from. */
public enum TweakMode {
  /** From the external IV alone, which no value may then be without. */
  EXTERNAL,
  /** From the clear ends of the value alone; no value may have an external IV then. */
  CLEAR_ENDS
}
