package bulla.commonops.authentication;

import bulla.commonops.caller.Caller;
import bulla.commonops.caller.ChangeJournal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Closes a request: the correlation id and the security headers go onto every answer, and a refusal
 * (401, 403) goes into the journal.
 */
@Provider
@ApplicationScoped
public class AnswerFilter implements ContainerResponseFilter {
  /** The header that carries the correlation id, in the request (optional) and in every answer. */
  public static final String CORRELATION_ID = "X-Correlation-ID";

  @Inject Caller caller;
  @Inject ChangeJournal journal;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    var headers = response.getHeaders();
    headers.putSingle(CORRELATION_ID, caller.correlationId());
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    if (response.getStatus() == 401 || response.getStatus() == 403) {
      journal.refused(
          request.getMethod(),
          "path",
          request.getUriInfo().getRequestUri().getPath(),
          "status " + response.getStatus());
    }
  }
}
