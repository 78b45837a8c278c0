package bulla.commonops.problem;

/** The failures that every API shares. */
public enum CommonProblem implements ProblemType {
  BAD_REQUEST(400, "The request cannot be read"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  UNKNOWN_MEMBER(400, "The body has a member that this call does not know"),
  INVALID_VALUE(400, "A value is not allowed"),
  INVALID_PARAMETER(400, "A path or query parameter is not allowed"),
  UNAUTHENTICATED(401, "Valid credentials are needed"),
  FORBIDDEN(403, "The permission for this call is missing"),
  HTTPS_REQUIRED(403, "This call is served over HTTPS alone"),
  NO_SUCH_RESOURCE(404, "There is no such resource"),
  METHOD_NOT_ALLOWED(405, "The resource does not know this method"),
  NOT_ACCEPTABLE(406, "The resource has no representation of the wanted media type"),
  REQUEST_TIMEOUT(408, "The rest of the request did not come in time"),
  CONFLICT(409, "The change contradicts the present state"),
  PRECONDITION_FAILED(412, "The object has changed since it was read"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not understood"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL_ERROR(500, "The server failed; its log has the details under the correlation id"),
  UNAVAILABLE(503, "The server cannot do this at the moment");

  private final int status;
  private final String title;

  CommonProblem(int status, String title) {
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
