package bulla.pim.node;

import bulla.commonops.authentication.Permission;
import bulla.commonops.http.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

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

  /**
   * {@code GET /nodes}: all of them, in the order in which they first pulled a package.
   *
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(
      operationId = "listNodes",
      summary = "List the nodes that pull packages, and whether theirs is the newest")
  @APIResponseSchema(NodeView[].class)
  public Response list(
      @QueryParam("first") String first, @QueryParam("max") String max, @Context UriInfo uri) {
    return Page.answer(service.list(), first, max, uri);
  }
}
