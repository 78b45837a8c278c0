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

  private Problem problem(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof OptimisticLockException) {
        return CommonProblem.CONFLICT.because(
            "Somebody else changed the object at the same time; read it again and repeat the change");
      }
      if (cause instanceof AuditException) {
        LOG.log(
            Level.SEVERE,
            thrown,
            () -> "The journal fails, correlation id " + caller.correlationId());
        return CommonProblem.UNAVAILABLE
            .because(cause.getMessage() + "; nothing was changed")
            .retryAfter(JOURNAL_RETRY_SECONDS);
      }
      cause = cause.getCause();
    }
    if (SqlViolation.CONTENTION.caused(thrown)) {
      return CommonProblem.CONFLICT
          .because("Others changed the same objects at the same time; repeat the change")
          .retryAfter(1);
    }
    if (SqlViolation.REFERENCE.caused(thrown)) {
      return CommonProblem.CONFLICT.because(
          "Somebody else deleted or began to use one of the objects at the same time");
    }
    if (SqlViolation.UNIQUE.caused(thrown)) {
      return CommonProblem.CONFLICT.because("An object with this name or key exists already");
    }
    if (SqlViolation.TOO_LONG.caused(thrown)) {
      return CommonProblem.INVALID_VALUE.because("A text is too long to be stored");
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
