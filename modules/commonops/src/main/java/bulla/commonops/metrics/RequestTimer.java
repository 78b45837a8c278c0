package bulla.commonops.metrics;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Counts each request of the APIs, and how long its answer took; the first filter and the last. */
@Provider
@PreMatching
@Priority(Integer.MIN_VALUE)
@ApplicationScoped
public class RequestTimer implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String BEGAN = RequestTimer.class.getName();

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

  /** For paths that no operation has. */
  private static final String NO_ROUTE = "none";

  @Inject ServerMetrics metrics;

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(BEGAN, System.nanoTime());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(BEGAN) instanceof Long began) {
      metrics.answered(
          METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER",
          route(request.getUriInfo()),
          response.getStatus(),
          (System.nanoTime() - began) / 1e9);
    }
  }

  private static String route(UriInfo uri) {
    if (uri.getMatchedResources().isEmpty()) {
      return NO_ROUTE;
    }
    // The base ends with the slash that the template begins with.
    return uri.getBaseUri().getPath() + uri.getMatchedResourceTemplate().substring(1);
  }
}
