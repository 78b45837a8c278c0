package bulla.pim.deployment;

/** Whether what is deployed is what is defined. */
public enum DeployState {
  /** A deploy of the same policies would change nothing. */
  DEPLOYED,
  /** Something has changed since the last deploy, or there was none. */
  PENDING
}
