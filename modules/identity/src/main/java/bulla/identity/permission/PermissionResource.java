package bulla.identity.permission;

import bulla.commonops.authentication.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /permissions}: what roles are made of. */
@Path("permissions")
@Produces("application/json")
@Dependent
public class PermissionResource {
  /** {@code GET /permissions}: all permissions; they are the same on every server. */
  @GET
  @RolesAllowed(Permission.ROLE_READ)
  @Operation(operationId = "listPermissions", summary = "List all permissions")
  public List<PermissionView> list() {
    return Arrays.stream(PublishedPermission.values()).map(PermissionView::of).toList();
  }
}
