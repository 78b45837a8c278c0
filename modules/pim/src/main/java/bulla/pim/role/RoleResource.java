package bulla.pim.role;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import bulla.commonops.http.Precondition;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** {@code /roles}: the roles of policy management. */
@Path("/roles")
@Produces("application/json")
@Dependent
public class RoleResource {
  private final RoleService service;

  @Inject
  public RoleResource(RoleService service) {
    this.service = service;
  }

  /**
   * {@code GET /roles}: all of them, in the order of their creation, or the one of a name.
   *
   * @param name the one role to list, by its name; all if absent
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listRoles", summary = "List the roles")
  @APIResponseSchema(RoleView[].class)
  public Response list(
      @QueryParam("name") String name,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(name), first, max, uri);
  }

  /** {@code POST /roles}: 201 with the role and its uid. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createRole", summary = "Create a role")
  @APIResponseSchema(value = RoleView.class, responseCode = "201")
  public Response create(@Valid @NotNull WriteRole wanted, @Context UriInfo uri) {
    RoleView created = service.create(wanted);
    return Response.created(uri.getAbsolutePathBuilder().path(created.uid()).build())
        .entity(created)
        .build();
  }

  /**
   * {@code GET /roles/{uid}}: the role with its ETag.
   *
   * @param uid the uid of the role
   */
  @GET
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getRole", summary = "Read a role")
  @APIResponseSchema(RoleView.class)
  public Response get(@PathParam("uid") String uid, @Context Request request) {
    var found = service.get(uid);
    return Precondition.of(request).answer(found.version(), found.view());
  }

  /**
   * {@code PUT /roles/{uid}}: the body is the whole new state.
   *
   * @param uid the uid of the role
   */
  @PUT
  @Path("{uid}")
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CHANGE")
  @Operation(operationId = "changeRole", summary = "Change a role")
  public RoleView change(
      @PathParam("uid") String uid, @Valid @NotNull WriteRole wanted, @Context Request request) {
    return service.change(uid, wanted, Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /roles/{uid}}: 204, or 409 while something refers to it.
   *
   * @param uid the uid of the role
   */
  @DELETE
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteRole", summary = "Delete a role")
  public void delete(@PathParam("uid") String uid, @Context Request request) {
    service.delete(uid, Precondition.of(request)::check);
  }
}
