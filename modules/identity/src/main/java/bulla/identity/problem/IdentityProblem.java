package bulla.identity.problem;

import bulla.commonops.problem.ProblemType;

/** The failures of users, roles, groups and tokens that a client can meet. */
public enum IdentityProblem implements ProblemType {
  UNKNOWN_ROLE(400, "The body names a role that does not exist"),
  UNKNOWN_PERMISSION(400, "The body names a permission that does not exist"),
  UNKNOWN_USER(400, "The body names a user that does not exist"),
  UNKNOWN_GROUP(400, "The body names a group that does not exist"),
  ROLE_NEEDED(400, "Every user must have a role"),
  PASSWORD_REUSED(400, "The user has had this password lately"),
  METADATA_REFUSED(400, "The SAML metadata cannot be used"),
  METADATA_UNREACHABLE(400, "The SAML metadata cannot be fetched"),
  WRONG_CREDENTIALS(401, "The user name or the password is wrong"),
  CERTIFICATE_REFUSED(401, "The client certificate belongs to no user of this server"),
  TOKEN_ENDED(401, "The token has ended"),
  REFRESH_TOKEN_REFUSED(401, "The refresh token is not good"),
  PASSWORD_CHANGE_REQUIRED(403, "The password is temporary and must be changed first"),
  BEYOND_OWN_PERMISSIONS(403, "The call would hand out permissions that the caller lacks"),
  USER_NOT_FOUND(404, "There is no such user"),
  ROLE_NOT_FOUND(404, "There is no such role"),
  GROUP_NOT_FOUND(404, "There is no such group"),
  CERTIFICATE_NOT_FOUND(404, "The user has no such client certificate"),
  CERTIFICATE_PINNED(409, "The client certificate belongs to a user already"),
  PROVIDER_NOT_FOUND(404, "There is no such SAML provider"),
  USER_EXISTS(409, "A user of this name exists"),
  ROLE_EXISTS(409, "A role of this name exists"),
  GROUP_EXISTS(409, "A group of this name exists"),
  PROVIDER_EXISTS(409, "A SAML provider of this alias exists"),
  ROLE_BUILT_IN(409, "A built-in role cannot be changed or deleted"),
  ROLE_IN_USE(409, "The role is in use"),
  MASTER_KEY_REFUSED(409, "The master key cannot be rotated or moved"),
  LAST_ADMINISTRATOR(409, "Nobody would be left who can administer users and roles");

  private final int status;
  private final String title;

  IdentityProblem(int status, String title) {
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

  /** Says of a bearer token that it was one, and is not good (RFC 6750 section 3.1). */
  @Override
  public String challenge() {
    return ProblemType.super.challenge() + (this == TOKEN_ENDED ? ", error=\"invalid_token\"" : "");
  }
}
