package bulla.commonops.authentication;

import bulla.commonops.caller.Caller;
import bulla.commonops.caller.RefusalJournal;
import bulla.commonops.http.CorrelationId;
import bulla.commonops.http.SecurityHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Closes a request: the correlation id and the security headers go onto every answer, and a refusal
 * (401, 403) goes into the journal, unless whoever refused has recorded it already.
 */
@Provider
@ApplicationScoped
public class AnswerFilter implements ContainerResponseFilter {
  @Context HttpServletRequest servletRequest;

  @Inject Caller caller;
  @Inject RefusalJournal journal;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    var headers = response.getHeaders();
    headers.putSingle(CorrelationId.HEADER, caller.correlationId());
    // Which origin may read an answer the container says by that of the request.
    headers.add(HttpHeaders.VARY, "Origin");
    SecurityHeaders.of(servletRequest.isSecure()).forEach(headers::putSingle);
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    boolean refused = response.getStatus() == 401 || response.getStatus() == 403;
    if (refused && !caller.isRefusalRecorded()) {
      journal.refusedCall(
          request.getMethod(),
          request.getUriInfo().getRequestUri().getPath(),
          response.getStatus());
    }
  }
}
