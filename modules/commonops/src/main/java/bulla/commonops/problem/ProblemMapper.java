package bulla.commonops.problem;

import bulla.audit.AuditException;
import bulla.commonops.caller.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Turns every exception of a request into a problem document. What no module foresaw is logged
 * under the correlation id and answered with 500 and that id alone: the text of an exception never
 * reaches a client.
 */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.problem");
  private static final int DEEPEST_CAUSE = 16;
  private static final int JOURNAL_RETRY_SECONDS = 5;

  @Inject Caller caller;

  @Override
  public Response toResponse(Throwable thrown) {
    return ProblemDocument.answer(problem(thrown), caller.correlationId());
  }

  /**
   * The problem that a failure is, where it is one that the client can do something about: thrown
   * as a problem, changed or asked for by others at the same time, refused by a constraint of the
   * database, or without a journal.
   */
  public static Optional<Problem> foreseen(Throwable thrown) {
    Optional<Problem> problem = cause(thrown, Problem.class);
    if (problem.isPresent()) {
      return problem;
    }
    if (cause(thrown, OptimisticLockException.class).isPresent()) {
      return Optional.of(
          CommonProblem.CONFLICT.because(
              "Somebody else changed the object at the same time; read it again and repeat the change"));
    }
    Optional<AuditException> unwritten = cause(thrown, AuditException.class);
    if (unwritten.isPresent()) {
      return Optional.of(
          CommonProblem.UNAVAILABLE
              .because(unwritten.get().getMessage() + "; nothing was changed")
              .retryAfter(JOURNAL_RETRY_SECONDS));
    }
    if (SqlViolation.CONTENTION.caused(thrown)) {
      return Optional.of(
          CommonProblem.CONFLICT
              .because("Others changed the same objects at the same time; repeat the change")
              .retryAfter(1));
    }
    if (SqlViolation.REFERENCE.caused(thrown)) {
      return Optional.of(
          CommonProblem.CONFLICT.because(
              "Somebody else deleted or began to use one of the objects at the same time"));
    }
    if (SqlViolation.UNIQUE.caused(thrown)) {
      return Optional.of(
          CommonProblem.CONFLICT.because("An object with this name or key exists already"));
    }
    if (SqlViolation.TOO_LONG.caused(thrown)) {
      return Optional.of(CommonProblem.INVALID_VALUE.because("A text is too long to be stored"));
    }
    return Optional.empty();
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private Problem problem(Throwable thrown) {
    Optional<Problem> foreseen = foreseen(thrown);
    if (foreseen.isPresent()) {
      if (cause(thrown, AuditException.class).isPresent()) {
        LOG.log(
            Level.SEVERE,
            thrown,
            () -> "The journal fails, correlation id " + caller.correlationId());
      }
      return foreseen.get();
    }
    if (thrown instanceof WebApplicationException web) {
      return problem(web);
    }
    LOG.log(
        Level.SEVERE, thrown, () -> "Unforeseen failure, correlation id " + caller.correlationId());
    return CommonProblem.INTERNAL_ERROR.because(
        "Give the correlation id to whoever runs the server");
  }

  private Problem problem(WebApplicationException web) {
    return switch (web.getResponse().getStatus()) {
      case 400 -> CommonProblem.BAD_REQUEST.because("Check the path, the query and the headers");
      case 401 ->
          CommonProblem.UNAUTHENTICATED.because(
              "Authenticate with a bearer token, HTTP Basic or a client certificate");
      case 403 -> CommonProblem.FORBIDDEN.because("The permission for this call is missing");
      case 404 -> CommonProblem.NO_SUCH_RESOURCE.because("Nothing is served under this path");
      case 405 ->
          CommonProblem.METHOD_NOT_ALLOWED.because(
              "See the API's document at /doc for its methods");
      case 406 -> CommonProblem.NOT_ACCEPTABLE.because("Ask for application/json");
      case 413 -> CommonProblem.BODY_TOO_LARGE.because("Send less");
      case 415 ->
          CommonProblem.UNSUPPORTED_MEDIA_TYPE.because(
              "Send the media type that the API's document at /doc names");
      default -> {
        LOG.log(
            Level.SEVERE,
            web,
            () -> "Unforeseen failure, correlation id " + caller.correlationId());
        yield CommonProblem.INTERNAL_ERROR.because(
            "Give the correlation id to whoever runs the server");
      }
    };
  }
}
