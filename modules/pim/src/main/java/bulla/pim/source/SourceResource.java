package bulla.pim.source;

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

/** {@code /sources}: the member sources of policy management. */
@Path("/sources")
@Produces("application/json")
@Dependent
public class SourceResource {
  private final SourceService service;
  private final SourceReader reader;

  @Inject
  public SourceResource(SourceService service, SourceReader reader) {
    this.service = service;
    this.reader = reader;
  }

  /**
   * {@code GET /sources}: all of them, in the order of their creation, or the one of a name.
   *
   * @param name the one member source to list, by its name; all if absent
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listSources", summary = "List the member sources")
  @APIResponseSchema(SourceView[].class)
  public Response list(
      @QueryParam("name") String name,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(name), first, max, uri);
  }

  /** {@code POST /sources}: 201 with the member source and its uid. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createSource", summary = "Create a member source")
  @APIResponseSchema(value = SourceView.class, responseCode = "201")
  public Response create(@Valid @NotNull WriteSource wanted, @Context UriInfo uri) {
    SourceView created = service.create(wanted);
    return Response.created(uri.getAbsolutePathBuilder().path(created.uid()).build())
        .entity(created)
        .build();
  }

  /**
   * {@code GET /sources/{uid}}: the member source with its ETag.
   *
   * @param uid the uid of the member source
   */
  @GET
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getSource", summary = "Read a member source")
  @APIResponseSchema(SourceView.class)
  public Response get(@PathParam("uid") String uid, @Context Request request) {
    var found = service.get(uid);
    return Precondition.of(request).answer(found.version(), found.view());
  }

  /**
   * {@code PUT /sources/{uid}}: the body is the whole new state.
   *
   * @param uid the uid of the member source
   */
  @PUT
  @Path("{uid}")
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CHANGE")
  @Operation(operationId = "changeSource", summary = "Change a member source")
  public SourceView change(
      @PathParam("uid") String uid, @Valid @NotNull WriteSource wanted, @Context Request request) {
    return service.change(uid, wanted, Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /sources/{uid}}: 204, or 409 while something refers to it.
   *
   * @param uid the uid of the member source
   */
  @DELETE
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteSource", summary = "Delete a member source")
  public void delete(@PathParam("uid") String uid, @Context Request request) {
    service.delete(uid, Precondition.of(request)::check);
  }

  /**
   * {@code POST /sources/{uid}/test}: 200 with what came of each step, whether it passed or failed.
   *
   * @param uid the uid of the member source
   */
  @POST
  @Path("{uid}/test")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("TEST")
  @Operation(operationId = "testSource", summary = "Test a member source step by step")
  public SourceTestView test(@PathParam("uid") String uid) {
    return reader.test(uid);
  }
}
