package bulla.pim.object;

import bulla.commonops.problem.ProblemType;

/** The failures of policy management. */
public enum PimProblem implements ProblemType {
  UNKNOWN_REFERENCE(400, "The request names an object that does not exist"),
  INVALID_METHOD(400, "The protection method cannot be"),
  INVALID_MASK(400, "The mask cannot be"),
  INVALID_ALPHABET(400, "The alphabet cannot be"),
  INVALID_RANGE(400, "The range of addresses cannot be"),
  INVALID_SOURCE(400, "The member source cannot be read"),
  NOT_IN_SOURCE(400, "The member is not in its source"),
  GROUPS_ONLY(400, "A role that synchronises its members takes groups alone"),
  PROTECTED_VALUE_REFUSED(400, "The data element's protected value cannot be handed out"),
  INVALID_EXPORT_KEY(400, "The export key is not usable"),
  REPEATED(400, "The request names the same object twice"),
  ADDRESS_NOT_IN_RANGE(403, "The caller's address lies in the ranges of no data store"),
  OBJECT_NOT_FOUND(404, "There is no object with this uid"),
  FINGERPRINT_NOT_FOUND(404, "No data store has an export key with this fingerprint"),
  ALREADY_EXISTS(409, "The object exists already"),
  RANGE_OVERLAPS(409, "The range overlaps another one"),
  APPLICATION_ELSEWHERE(409, "The application is deployed to another data store"),
  IN_USE(409, "The object is in use"),
  KEY_NOT_ROTATABLE(409, "The data element cannot have another key"),
  KEY_STATE(409, "The key of the data element cannot take this state"),
  SOURCE_UNAVAILABLE(409, "A member source cannot be read at the moment"),
  NEVER_DEPLOYED(409, "Nothing was deployed to the data store yet"),
  NOT_INITIALIZED(412, "Policy Management is not initialized");

  private final int status;
  private final String title;

  PimProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
