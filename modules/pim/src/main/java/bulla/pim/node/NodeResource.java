package bulla.pim.node;

import bulla.commonops.authentication.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /nodes}: who pulls packages. */
@Path("/nodes")
@Produces("application/json")
@Dependent
public class NodeResource {
  private final NodeService service;

  @Inject
  public NodeResource(NodeService service) {
    this.service = service;
  }

  /** {@code GET /nodes}: all of them, in the order in which they first pulled a package. */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(
      operationId = "listNodes",
      summary = "List the nodes that pull packages, and whether theirs is the newest")
  public List<NodeView> list() {
    return service.list();
  }
}
