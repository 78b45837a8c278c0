package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * The conditions of a request (RFC 9110 section 13): {@code If-Match} for a change, {@code
 * If-None-Match} for a read. The entity tag of an object is its version, which every change raises.
 */
public final class Precondition {
  private final Request request;

  private Precondition(Request request) {
    this.request = request;
  }

  /** The conditions of {@code request}; one without any is always met. */
  public static Precondition of(Request request) {
    return new Precondition(request);
  }

  /**
   * Lets a change go on only if the object still is what the client read; to be called inside the
   * transaction of the change, which the object's version protects until the commit.
   *
   * @throws bulla.commonops.problem.Problem 412 where the object has changed since
   */
  public void check(long version) {
    check(Long.toString(version));
  }

  /**
   * The same for an object that is addressed by what another one can have after it.
   *
   * @param version what tells this state of this object from those of every other
   */
  public void check(String version) {
    if (request.evaluatePreconditions(tag(version)) != null) {
      throw CommonProblem.PRECONDITION_FAILED.because(
          "Read the object again and repeat the change with its new ETag in If-Match");
    }
  }

  /**
   * The answer to a read of one object: 200 with its {@code ETag}, or 304 where it is known.
   *
   * @throws bulla.commonops.problem.Problem 412 where {@code If-Match} names another
   */
  public Response answer(long version, Object view) {
    return answer(Long.toString(version), view);
  }

  /** The same for a version that is no number. */
  public Response answer(String version, Object view) {
    EntityTag tag = tag(version);
    return known(tag).orElseGet(() -> Response.ok(view).tag(tag).build());
  }

  /**
   * The answer to a read whose {@code If-None-Match} names {@code tag}: 304; empty otherwise.
   *
   * @throws bulla.commonops.problem.Problem 412 where {@code If-Match} names another
   */
  public Optional<Response> known(EntityTag tag) {
    var unmet = request.evaluatePreconditions(tag);
    if (unmet == null) {
      // A proxy that compresses answers makes tags weak, which count here (RFC 9110, 13.1.2).
      unmet = request.evaluatePreconditions(new EntityTag(tag.getValue(), true));
      if (unmet == null || unmet.build().getStatusInfo() != Response.Status.NOT_MODIFIED) {
        return Optional.empty();
      }
    }
    Response answer = unmet.tag(tag).build();
    if (answer.getStatusInfo() == Response.Status.PRECONDITION_FAILED) {
      throw CommonProblem.PRECONDITION_FAILED.because(
          "What is there is not what If-Match names; read it without that header");
    }
    return Optional.of(answer);
  }

  /** The entity tag of an object of this version. */
  public static EntityTag tag(String version) {
    return new EntityTag("v" + version);
  }
}
