package bulla.identity.keyring;

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

/** {@code /keyring}: the keys that wrap the keys of this server. */
@Path("keyring")
@Produces("application/json")
@Dependent
public class KeyringResource {
  private final KeyringService service;

  @Inject
  public KeyringResource(KeyringService service) {
    this.service = service;
  }

  /** {@code GET /keyring}: what there is, and how far a rotation has come. */
  @GET
  @RolesAllowed(Permission.KEYRING_ADMIN)
  @Operation(operationId = "getKeyring", summary = "Show the key hierarchy and its rotation")
  public KeyringView show() {
    return KeyringView.of(service.state());
  }

  /**
   * {@code POST /keyring/rotate}: other keys follow at once; what the ones before them wrapped is
   * wrapped anew in the background.
   */
  @POST
  @Path("rotate")
  @Consumes("application/json")
  @AuditAction("ROTATE")
  @RolesAllowed(Permission.KEYRING_ADMIN)
  @Operation(operationId = "rotateKeyring", summary = "Rotate master and key encryption keys")
  public KeyringView rotate(@Valid @NotNull RotateKeyring wanted) {
    service.rotate(wanted);
    return show();
  }

  /**
   * {@code POST /keyring/move}: a new master key with another provider wraps all that the present
   * one wraps; then the present one is removed.
   */
  @POST
  @Path("move")
  @Consumes("application/json")
  @AuditAction("MOVE")
  @RolesAllowed(Permission.KEYRING_ADMIN)
  @Operation(operationId = "moveMasterKey", summary = "Move the master key to another provider")
  public KeyringView move(@Valid @NotNull MoveMasterKey wanted) {
    service.move(wanted.provider().known());
    return show();
  }
}
