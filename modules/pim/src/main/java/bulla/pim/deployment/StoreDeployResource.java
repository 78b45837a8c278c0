package bulla.pim.deployment;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /datastores/{uid}/deploy}: deploys to one data store. */
@Path("/datastores/{uid}/deploy")
@Produces("application/json")
@Dependent
public class StoreDeployResource {
  private final DeploymentService service;
  private final SourcesForDeploy sources;

  @Inject
  public StoreDeployResource(DeploymentService service, SourcesForDeploy sources) {
    this.service = service;
    this.sources = sources;
  }

  /**
   * {@code POST /datastores/{uid}/deploy}: 200; the body is the whole end state.
   *
   * @param uid the uid of the data store
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DEPLOY")
  @Operation(operationId = "deployDataStore", summary = "Deploy to one data store")
  public StoreDeployment deploy(@PathParam("uid") String uid, @Valid @NotNull DeployStore wanted) {
    service.check(uid, wanted);
    return service.deploy(uid, wanted, sources.read(wanted.policies()));
  }
}
