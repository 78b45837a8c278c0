package bulla.pim.dataelement;

/**
 * The states of a data element's key (NIST SP 800-57 part 1, section 7), in the order in which a
 * key goes through them.
 */
public enum ElementKeyState {
  /** It protects, and unprotects what it protected. */
  ACTIVE,
  /** It only unprotects what it protected, which a protector reports with return code 11. */
  DEACTIVATED,
  /** The same, and what it protected should be protected anew: somebody may know the key. */
  COMPROMISED,
  /** There is no such key any more, and what it protected can never be unprotected again. */
  DESTROYED
}
