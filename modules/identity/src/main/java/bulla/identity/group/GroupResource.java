package bulla.identity.group;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import bulla.commonops.http.Precondition;
import bulla.identity.user.Authority;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /groups}: users who have the same roles. */
@Path("groups")
@Produces("application/json")
@Dependent
public class GroupResource {
  private final GroupService groups;

  @Inject
  public GroupResource(GroupService groups) {
    this.groups = groups;
  }

  /**
   * {@code GET /groups}: {@code max} groups after the {@code first} ones, in order of their names.
   *
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; 100 if absent
   */
  @GET
  @RolesAllowed(Permission.GROUP_READ)
  @Operation(operationId = "listGroups", summary = "List groups")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GroupView[].class)))
  public Response list(
      @QueryParam("first") String first, @QueryParam("max") String max, @Context UriInfo uri) {
    var page = Page.of(first, max);
    GroupService.Listing listing = groups.list(page);
    return page.answer(listing.views(), listing.total(), uri);
  }

  /**
   * {@code GET /groups/{id}}: one group with its {@code ETag}.
   *
   * @param id the id of the group
   */
  @GET
  @Path("{id}")
  @RolesAllowed(Permission.GROUP_READ)
  @Operation(operationId = "getGroup", summary = "Get one group")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GroupView.class)))
  public Response get(@PathParam("id") String id, @Context Request request) {
    GroupService.Versioned group = groups.get(id);
    return Precondition.of(request).answer(group.version(), group.view());
  }

  /** {@code POST /groups}: creates a group and ends the tokens of its members. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.GROUP_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createGroup", summary = "Create a group")
  public GroupCreated create(@Valid @NotNull CreateGroup group, @Context SecurityContext security) {
    return groups.create(group, new Authority(security::isUserInRole));
  }

  /**
   * {@code PUT /groups}: replaces the members and the roles of a group; {@code If-Match} is the tag
   * of the group that the body names.
   */
  @PUT
  @Consumes("application/json")
  @RolesAllowed(Permission.GROUP_WRITE)
  @AuditAction("UPDATE")
  @Operation(operationId = "updateGroup", summary = "Change a group's members and roles")
  public GroupUpdated update(
      @Valid @NotNull UpdateGroup group,
      @Context SecurityContext security,
      @Context Request request) {
    return groups.update(
        group, new Authority(security::isUserInRole), Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /groups/{id}}: deletes a group and ends the tokens of its members.
   *
   * @param id the id of the group
   */
  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.GROUP_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteGroup", summary = "Delete a group")
  public GroupDeleted delete(
      @PathParam("id") String id, @Context SecurityContext security, @Context Request request) {
    return groups.delete(
        id, new Authority(security::isUserInRole), Precondition.of(request)::check);
  }
}
