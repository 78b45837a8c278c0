package bulla.rps;

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

/** The common operations of the package service. */
@Path("/")
@Dependent
public class RpsCommonOperations extends CommonOperations {
  private static final ServedApi API = new ServedApi("bulla.rps", "/META-INF/openapi/rps");

  /** For JAX-RS. */
  public RpsCommonOperations() {
    super(API);
  }

  /** {@code POST /log}: changes the level until the server restarts. */
  @POST
  @Path("log")
  @Consumes("application/json")
  @RolesAllowed(Permission.PACKAGE_EXPORT)
  @AuditAction("SET_LOG_LEVEL")
  @Operation(operationId = "setLogLevel", summary = "Change the level of this API's log")
  public LogLevelView setLogLevel(@Valid @NotNull LogLevelView wanted) {
    return changeLogLevel(wanted);
  }
}
