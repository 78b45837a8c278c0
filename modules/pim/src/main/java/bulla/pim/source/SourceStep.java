package bulla.pim.source;

/** What reading a source consists of, in this order. */
enum SourceStep {
  CONNECTION,
  AUTHENTICATION,
  GROUPS,
  USERS
}
