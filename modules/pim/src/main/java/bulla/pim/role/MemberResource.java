package bulla.pim.role;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** {@code /roles/{uid}/members}: who is in a role. */
@Path("/roles/{uid}/members")
@Produces("application/json")
@Dependent
public class MemberResource {
  private static final int MOST_AT_ONCE = 10_000;

  private final MemberService service;
  private final MemberAdding adding;

  @Inject
  public MemberResource(MemberService service, MemberAdding adding) {
    this.service = service;
    this.adding = adding;
  }

  /**
   * {@code GET /roles/{uid}/members}: all of them, in the order in which they were added.
   *
   * @param uid the uid of the role
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listMembers", summary = "List the members of a role")
  @APIResponseSchema(MemberView[].class)
  public Response list(
      @PathParam("uid") String uid,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    if (first == null && max == null) {
      return Page.answer(service.list(uid), first, max, uri);
    }
    Page page = Page.of(first, max);
    var listing = service.page(uid, page);
    return page.answer(listing.members(), listing.total(), uri);
  }

  /**
   * {@code POST /roles/{uid}/members}: adds all members of the array, or none.
   *
   * @param uid the uid of the role
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("ADD_MEMBERS")
  @Operation(operationId = "addMembers", summary = "Add members to a role")
  @APIResponseSchema(value = MemberView[].class, responseCode = "201")
  public Response add(
      @PathParam("uid") String uid,
      @NotNull
          @Size(
              min = 1,
              max = MOST_AT_ONCE,
              message = "must be an array of 1 to " + MOST_AT_ONCE + " members")
          List<@NotNull(message = "must be an object") @Valid AddMember> members) {
    return Response.status(Response.Status.CREATED).entity(adding.add(uid, members)).build();
  }

  /**
   * {@code DELETE /roles/{uid}/members/{memberUid}}: 204. A member has no ETag: an {@code If-Match}
   * other than {@code *} is refused with 412.
   *
   * @param uid the uid of the role
   * @param memberUid the uid of the member
   */
  @DELETE
  @Path("{memberUid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("REMOVE_MEMBER")
  @Operation(operationId = "removeMember", summary = "Remove a member from a role")
  public void remove(@PathParam("uid") String uid, @PathParam("memberUid") String memberUid) {
    service.remove(uid, memberUid);
  }
}
