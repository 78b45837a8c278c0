package bulla.pim.initialization;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /init}: creates the keys and the policy repository. */
@Path("/init")
@Produces("application/json")
@Dependent
public class InitializationResource {
  private final InitializationService service;
  private final InitializationState state;

  @Inject
  public InitializationResource(InitializationService service, InitializationState state) {
    this.service = service;
    this.state = state;
  }

  /** {@code POST /init}: 200, the second time too. */
  @POST
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("INIT")
  @Operation(operationId = "initialize", summary = "Create the keys and the policy repository")
  public InitializationView initialize() {
    return service.initialize();
  }

  /** {@code GET /init}: whether that was done. */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(
      operationId = "getInitialization",
      summary = "Whether policy management is initialized")
  public InitializationView read() {
    return new InitializationView(state.isInitialized());
  }
}
