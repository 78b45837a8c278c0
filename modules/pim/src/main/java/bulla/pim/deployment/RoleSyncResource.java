package bulla.pim.deployment;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /roles/{uid}/sync}: synchronises the members of a role. */
@Path("/roles/{uid}/sync")
@Produces("application/json")
@Dependent
public class RoleSyncResource {
  private final RoleSynchronizing synchronizing;

  @Inject
  public RoleSyncResource(RoleSynchronizing synchronizing) {
    this.synchronizing = synchronizing;
  }

  /**
   * {@code POST /roles/{uid}/sync}: 200 with what has changed at the role's sources against what is
   * deployed. With the modes SEMIAUTOMATIC and AUTOMATIC that is deployed at once; with MANUAL the
   * next deploy takes it.
   *
   * @param uid the uid of the role
   */
  @POST
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction({"SYNCHRONIZE", "DEPLOY"})
  @Operation(
      operationId = "synchronizeRole",
      summary = "Synchronise the members of a role with its sources")
  public RoleSynchronization synchronize(@PathParam("uid") String uid) {
    return synchronizing.synchronize(uid);
  }
}
