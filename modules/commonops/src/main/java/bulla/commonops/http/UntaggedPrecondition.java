package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

/**
 * Refuses an {@code If-Match} with the tag of an object where the operation changes nothing that
 * has a tag, instead of ignoring it: no such tag can match (RFC 9110 section 13.1.1). Operations
 * that take the {@link Request} look at it themselves, by {@link Precondition}.
 */
@Provider
@Priority(Priorities.USER)
public class UntaggedPrecondition implements ContainerRequestFilter {
  private static final Set<String> CHANGING =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    require(
        request.getMethod(),
        resource.getResourceMethod(),
        request.getHeaderString(HttpHeaders.IF_MATCH));
  }

  static void require(String httpMethod, Method method, String ifMatch) {
    if (ifMatch != null
        && CHANGING.contains(httpMethod)
        && !ifMatch.strip().equals("*")
        && !List.of(method.getParameterTypes()).contains(Request.class)) {
      throw CommonProblem.PRECONDITION_FAILED.because(
          "What this operation changes has no ETag; send no If-Match, or *");
    }
  }
}
