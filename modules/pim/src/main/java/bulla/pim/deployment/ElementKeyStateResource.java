package bulla.pim.deployment;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.pim.dataelement.ElementKeyView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /dataelements/{uid}/keys/{keyId}}: a key that protects no more. */
@Path("/dataelements/{uid}/keys/{keyId}")
@Produces("application/json")
@Dependent
public class ElementKeyStateResource {
  private final DeploymentService service;

  @Inject
  public ElementKeyStateResource(DeploymentService service) {
    this.service = service;
  }

  /**
   * {@code PUT /dataelements/{uid}/keys/{keyId}}: 200 with the key in its new state. A key goes
   * from DEACTIVATED to COMPROMISED or DESTROYED, and from COMPROMISED to DESTROYED; 409 otherwise.
   * What a destroyed key protected can never be unprotected again: the key is overwritten, and
   * whatever is deployed with it becomes another revision without it. A key has no ETag: an {@code
   * If-Match} other than {@code *} is refused with 412.
   *
   * @param uid the uid of the data element
   * @param keyId the number of the key
   */
  @PUT
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction({"CHANGE_KEY", "DEPLOY"})
  @Operation(operationId = "changeElementKey", summary = "Change the state of a key")
  public ElementKeyView change(
      @PathParam("uid") String uid,
      @PathParam("keyId") String keyId,
      @Valid @NotNull ChangeKey wanted) {
    return service.changeKey(uid, keyId, wanted.state());
  }
}
