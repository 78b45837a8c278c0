package bulla.identity;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.service.CommonOperations;
import bulla.commonops.service.LogLevelView;
import bulla.commonops.service.ServedApi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The common operations of this API. */
@Path("/")
@Dependent
public class AuthCommonOperations extends CommonOperations {
  private static final ServedApi API = new ServedApi("bulla.identity", "/META-INF/openapi/auth");

  public AuthCommonOperations() {
    super(API);
  }

  /** {@code POST /log}: sets the level of this API's log. */
  @POST
  @Path("log")
  @Consumes("application/json")
  @RolesAllowed(Permission.ROLE_WRITE)
  @AuditAction("SET_LOG_LEVEL")
  @Operation(operationId = "setLogLevel", summary = "Set the level of this API's log")
  public LogLevelView setLogLevel(@Valid @NotNull LogLevelView wanted) {
    return changeLogLevel(wanted);
  }
}
