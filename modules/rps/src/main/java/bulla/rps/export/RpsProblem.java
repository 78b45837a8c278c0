package bulla.rps.export;

import bulla.commonops.problem.ProblemType;

/** The failures of the package service. */
public enum RpsProblem implements ProblemType {
  INVALID_FINGERPRINT(400, "The fingerprint cannot be one of an export key"),
  UNSUPPORTED_VERSION(400, "The package cannot be made in this version"),
  POST_EXPORT_OFF(403, "The deprecated export is switched off");

  private final int status;
  private final String title;

  RpsProblem(int status, String title) {
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
