package bulla.commonops.authentication;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lets a request reach its resource method only if the caller has one of the permissions that the
 * method names ({@link RolesAllowed}), or any valid credentials where it says {@link
 * Authenticated}, or is anybody where it says {@link PermitAll}. A method that says nothing is
 * closed. Credentials that were not good are refused here, with the reason that {@link
 * AuthenticationFilter} found, unless the method is for anybody, or for those, too, whose
 * credentials cannot be checked ({@link Authenticated#evenUnchecked}). The container checks
 * {@code @RolesAllowed} too; this filter answers 403 naming the missing permission, where the
 * container would answer 401.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class PermissionFilter implements ContainerRequestFilter {
  /** The request property with the {@link Problem} of credentials that were not good. */
  static final String REFUSED_CREDENTIALS = "bulla.commonops.refused-credentials";

  /** The request property that is true where these credentials could not even be checked. */
  static final String UNCHECKED_CREDENTIALS = "bulla.commonops.unchecked-credentials";

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (annotation(PermitAll.class).isPresent()) {
      return;
    }
    if (request.getProperty(REFUSED_CREDENTIALS) instanceof Problem refused) {
      if (request.getProperty(UNCHECKED_CREDENTIALS) != null
          && annotation(Authenticated.class).filter(Authenticated::evenUnchecked).isPresent()) {
        return;
      }
      throw refused;
    }
    SecurityContext security = request.getSecurityContext();
    if (security.getUserPrincipal() == null) {
      throw CommonProblem.UNAUTHENTICATED.because(
          "Authenticate with a bearer token, HTTP Basic or a client certificate");
    }
    if (annotation(Authenticated.class).isPresent()) {
      return;
    }
    String[] allowed =
        annotation(RolesAllowed.class).map(RolesAllowed::value).orElse(new String[0]);
    if (Arrays.stream(allowed).noneMatch(security::isUserInRole)) {
      throw CommonProblem.FORBIDDEN.because(
          allowed.length == 0
              ? "Nobody may call this"
              : "The permission " + String.join(" or ", allowed) + " is missing");
    }
  }

  private <A extends Annotation> Optional<A> annotation(Class<A> type) {
    A onMethod = resource.getResourceMethod().getAnnotation(type);
    return Optional.ofNullable(onMethod);
  }
}
