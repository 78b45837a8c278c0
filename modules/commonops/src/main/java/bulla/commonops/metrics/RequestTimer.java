package bulla.commonops.metrics;

import bulla.commonops.caller.Caller;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Counts each request of the APIs, and how long its answer took; the first filter and the last. A
 * FINEST record of each goes to the API's logger.
 */
@Provider
@PreMatching
@Priority(Integer.MIN_VALUE)
@ApplicationScoped
public class RequestTimer implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String BEGAN = RequestTimer.class.getName();

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

  /** The package of a module, which its API's logger is named after, and what follows. */
  private static final Pattern API = Pattern.compile("^(\\w+\\.\\w+)\\..*");

  /** For paths that no operation has. */
  private static final String NO_ROUTE = "none";

  @Context ResourceInfo resource;

  @Inject ServerMetrics metrics;
  @Inject Caller caller;

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(BEGAN, System.nanoTime());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(BEGAN) instanceof Long began) {
      String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
      String route = route(request.getUriInfo());
      long nanos = System.nanoTime() - began;
      metrics.answered(method, route, response.getStatus(), nanos / 1e9);
      if (resource.getResourceClass() != null) {
        // The route, not the path, which may hold names.
        Logger.getLogger(API.matcher(resource.getResourceClass().getName()).replaceFirst("$1"))
            .log(
                Level.FINEST,
                () ->
                    "%s %s by %s answered %d after %d us, correlation id %s"
                        .formatted(
                            method,
                            route,
                            caller.name(),
                            response.getStatus(),
                            nanos / 1_000,
                            caller.correlationId()));
      }
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
