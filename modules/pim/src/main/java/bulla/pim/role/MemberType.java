package bulla.pim.role;

/** What a member of a role is in its source. */
public enum MemberType {
  /** One user. */
  USER,
  /** A group, which stands for the users that its source lists when the policy is deployed. */
  GROUP
}
