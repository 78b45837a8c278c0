package bulla.pim.datastore;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** {@code /datastores/{uid}/ranges}: whose protectors a data store serves. */
@Path("/datastores/{uid}/ranges")
@Produces("application/json")
@Dependent
public class RangeResource {
  private final RangeService service;

  @Inject
  public RangeResource(RangeService service) {
    this.service = service;
  }

  /**
   * {@code GET /datastores/{uid}/ranges}: all of them, in the order of their creation.
   *
   * @param uid the uid of the data store
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listRanges", summary = "List the address ranges of a data store")
  @APIResponseSchema(RangeView[].class)
  public Response list(
      @PathParam("uid") String uid,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(uid), first, max, uri);
  }

  /**
   * {@code POST /datastores/{uid}/ranges}: 201 with the range and its uid.
   *
   * @param uid the uid of the data store
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("ADD_RANGE")
  @Operation(operationId = "addRange", summary = "Add a range to a data store")
  @APIResponseSchema(value = RangeView.class, responseCode = "201")
  public Response add(@PathParam("uid") String uid, @Valid @NotNull AddRange wanted) {
    return Response.status(Response.Status.CREATED).entity(service.add(uid, wanted)).build();
  }

  /**
   * {@code DELETE /datastores/{uid}/ranges/{rangeUid}}: 204. A range has no ETag: an {@code
   * If-Match} other than {@code *} is refused with 412.
   *
   * @param uid the uid of the data store
   * @param rangeUid the uid of the range
   */
  @DELETE
  @Path("{rangeUid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("REMOVE_RANGE")
  @Operation(operationId = "removeRange", summary = "Remove a range from a data store")
  public void remove(@PathParam("uid") String uid, @PathParam("rangeUid") String rangeUid) {
    service.remove(uid, rangeUid);
  }
}
