package bulla.pim.datastore;

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

/** {@code /datastores}: the data stores of policy management. */
@Path("/datastores")
@Produces("application/json")
@Dependent
public class DataStoreResource {
  private final DataStoreService service;

  @Inject
  public DataStoreResource(DataStoreService service) {
    this.service = service;
  }

  /**
   * {@code GET /datastores}: all of them, in the order of their creation, or the one of a name.
   *
   * @param name the one data store to list, by its name; all if absent
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listDataStores", summary = "List the data stores")
  @APIResponseSchema(DataStoreView[].class)
  public Response list(
      @QueryParam("name") String name,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(name), first, max, uri);
  }

  /** {@code POST /datastores}: 201 with the data store and its uid. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction({"CREATE", "LOSE_DEFAULT"})
  @Operation(operationId = "createDataStore", summary = "Create a data store")
  @APIResponseSchema(value = DataStoreView.class, responseCode = "201")
  public Response create(@Valid @NotNull WriteDataStore wanted, @Context UriInfo uri) {
    DataStoreView created = service.create(wanted);
    return Response.created(uri.getAbsolutePathBuilder().path(created.uid()).build())
        .entity(created)
        .build();
  }

  /**
   * {@code GET /datastores/{uid}}: the data store with its ETag.
   *
   * @param uid the uid of the data store
   */
  @GET
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getDataStore", summary = "Read a data store")
  @APIResponseSchema(DataStoreView.class)
  public Response get(@PathParam("uid") String uid, @Context Request request) {
    var found = service.get(uid);
    return Precondition.of(request).answer(found.version(), found.view());
  }

  /**
   * {@code PUT /datastores/{uid}}: the body is the whole new state.
   *
   * @param uid the uid of the data store
   */
  @PUT
  @Path("{uid}")
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction({"CHANGE", "LOSE_DEFAULT"})
  @Operation(operationId = "changeDataStore", summary = "Change a data store")
  public DataStoreView change(
      @PathParam("uid") String uid,
      @Valid @NotNull WriteDataStore wanted,
      @Context Request request) {
    return service.change(uid, wanted, Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /datastores/{uid}}: 204, or 409 while something refers to it.
   *
   * @param uid the uid of the data store
   */
  @DELETE
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteDataStore", summary = "Delete a data store")
  public void delete(@PathParam("uid") String uid, @Context Request request) {
    service.delete(uid, Precondition.of(request)::check);
  }
}
