package bulla.pim.source;

/** The kinds of member sources. */
public enum SourceType {
  /** A file of users and a file of groups in the server's source directory. */
  FILE
}
