package bulla.commonops.problem;

import java.util.Objects;
import java.util.Optional;

/**
 * A failure that is the client's to know: it becomes a problem document (RFC 9457). Its text
 * reaches the client, so it never carries a secret or the text of another exception. As a runtime
 * exception it rolls the transaction back.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemType type;
  private final String member;
  private final int retryAfterSeconds;

  Problem(ProblemType type, String detail, String member) {
    this(type, detail, member, 0);
  }

  private Problem(ProblemType type, String detail, String member, int retryAfterSeconds) {
    super(Objects.requireNonNull(detail));
    this.type = type;
    this.member = member;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** This problem, with the {@code Retry-After} header (RFC 9110 section 10.2.3), in seconds. */
  public Problem retryAfter(int seconds) {
    return new Problem(type, detail(), member, seconds);
  }

  /** The kind of failure. */
  public ProblemType type() {
    return type;
  }

  /** What went wrong this time. */
  public String detail() {
    return getMessage();
  }

  /** The member of the request that is to blame, if there is one. */
  public Optional<String> member() {
    return Optional.ofNullable(member);
  }

  /** Seconds after which the client may try again; 0 where waiting does not help. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
