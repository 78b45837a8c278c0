package bulla.pim.role;

/** How the members of a role come in. */
public enum RoleMode {
  /** A security officer adds them. */
  MANUAL
}
