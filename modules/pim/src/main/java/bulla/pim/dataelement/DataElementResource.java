package bulla.pim.dataelement;

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

/** {@code /dataelements}: the data elements of policy management. */
@Path("/dataelements")
@Produces("application/json")
@Dependent
public class DataElementResource {
  private final DataElementService service;

  @Inject
  public DataElementResource(DataElementService service) {
    this.service = service;
  }

  /**
   * {@code GET /dataelements}: all of them, in the order of their creation, or the one of a name.
   *
   * @param name the one data element to list, by its name; all if absent
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listDataElements", summary = "List the data elements")
  @APIResponseSchema(DataElementView[].class)
  public Response list(
      @QueryParam("name") String name,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(name), first, max, uri);
  }

  /**
   * {@code POST /dataelements}: 201 with the data element and its uid; with the header {@code
   * Deprecation} (RFC 9745) and a warning where the method is deprecated.
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createDataElement", summary = "Create a data element")
  @APIResponseSchema(value = DataElementView.class, responseCode = "201")
  public Response create(@Valid @NotNull CreateDataElement wanted, @Context UriInfo uri) {
    DataElementView created = service.create(wanted);
    var answer =
        Response.created(uri.getAbsolutePathBuilder().path(created.uid()).build()).entity(created);
    if (created.warnings() != null) {
      answer.header(DeprecatedMethod.HEADER, DeprecatedMethod.SINCE);
    }
    return answer.build();
  }

  /**
   * {@code GET /dataelements/{uid}}: the data element with its ETag.
   *
   * @param uid the uid of the data element
   */
  @GET
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getDataElement", summary = "Read a data element")
  @APIResponseSchema(DataElementView.class)
  public Response get(@PathParam("uid") String uid, @Context Request request) {
    var found = service.get(uid);
    return Precondition.of(request).answer(found.version(), found.view());
  }

  /**
   * {@code PUT /dataelements/{uid}}: the description alone can change.
   *
   * @param uid the uid of the data element
   */
  @PUT
  @Path("{uid}")
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CHANGE")
  @Operation(operationId = "changeDataElement", summary = "Change a data element")
  public DataElementView change(
      @PathParam("uid") String uid,
      @Valid @NotNull ChangeDataElement wanted,
      @Context Request request) {
    return service.change(uid, wanted, Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /dataelements/{uid}}: 204, or 409 while something refers to it.
   *
   * @param uid the uid of the data element
   */
  @DELETE
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteDataElement", summary = "Delete a data element")
  public void delete(@PathParam("uid") String uid, @Context Request request) {
    service.delete(uid, Precondition.of(request)::check);
  }
}
