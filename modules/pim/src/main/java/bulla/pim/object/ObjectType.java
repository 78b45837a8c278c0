package bulla.pim.object;

import bulla.commonops.problem.Problem;

/** The kinds of objects that have a uid. */
public enum ObjectType {
  SOURCE("Source", "sources"),
  ROLE("Role", "roles"),
  ROLE_MEMBER("Member", "members"),
  ALPHABET("Alphabet", "alphabets"),
  MASK("Mask", "masks"),
  DATA_ELEMENT("Data element", "dataelements"),
  APPLICATION("Application", "applications"),
  POLICY("Policy", "policies"),
  DATA_STORE("Data store", "datastores"),
  EXPORT_KEY("Export key", "keys"),
  RANGE("Range", "ranges"),
  NODE("Node", "nodes");

  private final String label;
  private final String path;

  ObjectType(String label, String path) {
    this.label = label;
    this.path = path;
  }

  /** What people call it, at the beginning of a sentence: {@code Data element}. */
  public String label() {
    return label;
  }

  /** What its path calls it: {@code dataelements}. */
  public String path() {
    return path;
  }

  /** What its name is called in JSON. */
  public String nameMember() {
    return this == ALPHABET ? "label" : "name";
  }

  /** 404: the path names an object of this kind that does not exist. */
  public Problem notFound(String uid) {
    return PimProblem.OBJECT_NOT_FOUND.because(missing(uid));
  }

  /** 400: a member of the body names an object of this kind that does not exist. */
  public Problem unknown(String uid, String member) {
    return PimProblem.UNKNOWN_REFERENCE.because(missing(uid), member);
  }

  private String missing(String uid) {
    return label + " '" + Uid.shown(uid) + "' does not exist";
  }
}
