package bulla.pim.initialization;

import bulla.pim.object.PimProblem;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Answers 412 to everything but the initialisation itself and the common operations, until {@code
 * POST /init} was called. Whoever may not call is told so first.
 */
@Provider
@Priority(Priorities.USER)
@ApplicationScoped
public class InitializationFilter implements ContainerRequestFilter {
  static final String TELL = "Policy Management is not initialized; call POST /pty/v2/pim/init";

  private static final Set<String> ALWAYS_OPEN = Set.of("init", "version", "health", "doc", "log");

  @Inject InitializationState state;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!ALWAYS_OPEN.contains(path(request)) && !state.isInitialized()) {
      throw PimProblem.NOT_INITIALIZED.because(TELL);
    }
  }

  private static String path(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    String open = path.startsWith("/") ? path.substring(1) : path;
    return open.endsWith("/") ? open.substring(0, open.length() - 1) : open;
  }
}
