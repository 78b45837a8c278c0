package bulla.pim.deployment;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /deploy}: what is deployed to which data store. */
@Path("/deploy")
@Produces("application/json")
@Dependent
public class DeployResource {
  private final DeploymentService service;
  private final SourcesForDeploy sources;

  @Inject
  public DeployResource(DeploymentService service, SourcesForDeploy sources) {
    this.service = service;
    this.sources = sources;
  }

  /** {@code GET /deploy}: every data store with what is deployed to it. */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getDeployments", summary = "What is deployed to each data store")
  public StoreDeployments status() {
    return service.status(sources.tryToRead(service.deployedPolicies()));
  }

  /** {@code POST /deploy}: 200; the body is the whole end state of the data stores it names. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DEPLOY")
  @Operation(operationId = "deployDataStores", summary = "Deploy to several data stores")
  public StoreDeployments deploy(@Valid @NotNull DeployStores wanted) {
    service.check(wanted);
    return service.deploy(wanted, sources.read(wanted.policies()));
  }
}
