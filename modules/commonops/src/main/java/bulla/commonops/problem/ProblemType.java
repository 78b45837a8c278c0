package bulla.commonops.problem;

/**
 * One kind of failure that a client can meet. Every module lists its own in one enum, whose
 * constants are the stable {@code code} of the problem document (RFC 9457); {@code
 * docs/problems.md} is generated from them.
 */
public interface ProblemType {
  /** The stable code in upper snake case: the enum constant's name. */
  String name();

  /** The HTTP status, 400 to 599. */
  int status();

  /**
   * What went wrong in general, the same for every occurrence: one sentence without a full stop.
   */
  String title();

  /** The {@code WWW-Authenticate} header of a 401 (RFC 9110 section 11.6.1). */
  default String challenge() {
    return "Bearer realm=\"bulla\"";
  }

  /** This problem with what went wrong this time: one sentence that tells the client what to do. */
  default Problem because(String detail) {
    return new Problem(this, detail, null);
  }

  /**
   * This problem, caused by one member of the request.
   *
   * @param member the path of the member as the client wrote it: {@code permission.access.protect},
   *     {@code [0].name}
   */
  default Problem because(String detail, String member) {
    return new Problem(this, detail, member);
  }
}
