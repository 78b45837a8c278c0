package bulla.identity.token;

import bulla.commonops.authentication.Authenticated;
import bulla.commonops.change.AuditAction;
import bulla.commonops.problem.CommonProblem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /logout}: the end of a session before its time. */
@Path("logout")
@Produces("application/json")
@Dependent
public class LogoutResource {
  private static final String SCHEME = "Bearer ";

  private final TokenService tokens;

  @Inject
  public LogoutResource(TokenService tokens) {
    this.tokens = tokens;
  }

  /**
   * {@code POST /logout}: ends the session of the bearer token that the call carries: that token,
   * the refresh token, and whatever else the session was given.
   */
  @POST
  @Authenticated
  @AuditAction("LOGOUT")
  @Operation(operationId = "logOut", summary = "End the session of this call's bearer token")
  @APIResponse(responseCode = "204", description = "The tokens of the session have ended")
  public void logOut(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw CommonProblem.BAD_REQUEST.because(
          "Only a bearer token has a session that can end: send the one to be ended");
    }
    tokens.logOut(authorization.substring(SCHEME.length()).strip());
  }
}
