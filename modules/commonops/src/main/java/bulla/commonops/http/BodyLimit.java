package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses a body of more than {@value #MOST_BYTES} bytes, announced or not, a form of more than
 * {@value #MOST_FORM_BYTES}, and one that does not come in time.
 */
@Provider
@PreMatching
public class BodyLimit implements ContainerRequestFilter {
  static final int MOST_BYTES = 1 << 20;

  /** Forms hold names and passwords, and are sent by whoever is not known yet. */
  static final int MOST_FORM_BYTES = 1 << 14;

  @Override
  public void filter(ContainerRequestContext request) {
    boolean form = MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType());
    int most = form ? MOST_FORM_BYTES : MOST_BYTES;
    if (announced(request) > most) {
      throw BoundedBody.tooLarge(most);
    }
    // A form is FormInTime's, and has no fields any more once somebody has asked for the stream.
    if (!form) {
      request.setEntityStream(new BoundedBody(request.getEntityStream(), most));
    }
  }

  /** {@code getLength} fails where an int does not hold it. */
  private static long announced(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException malformed) {
      throw CommonProblem.BAD_REQUEST.because("Content-Length is no length");
    }
  }
}
