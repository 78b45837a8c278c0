package bulla.pim.role;

/** How the members of a role follow its sources. */
public enum RoleMode {
  /**
   * Users and groups; who is in the groups is read when a policy is deployed, and by nobody else.
   */
  MANUAL,
  /** Groups alone; a synchronisation on request deploys who is in them to where the role is. */
  SEMIAUTOMATIC,
  /** Groups alone; the server synchronises by itself, and deploys as SEMIAUTOMATIC does. */
  AUTOMATIC;

  /** Whether users may be members besides groups. */
  boolean takesUsers() {
    return this == MANUAL;
  }

  /** Whether a synchronisation deploys what it finds. */
  public boolean deploys() {
    return this != MANUAL;
  }
}
