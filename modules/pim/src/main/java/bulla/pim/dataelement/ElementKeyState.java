package bulla.pim.dataelement;

/** The states of a data element's key (NIST SP 800-57 part 1, section 7), as far as it is kept. */
public enum ElementKeyState {
  /** It protects, and unprotects what it protected. */
  ACTIVE,
  /** It only unprotects what it protected, which a protector reports with return code 11. */
  DEACTIVATED
}
