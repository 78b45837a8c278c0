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

/** {@code /datastores/{uid}/export/keys}: to whom the packages of a data store may be sealed. */
@Path("/datastores/{uid}/export/keys")
@Produces("application/json")
@Dependent
public class ExportKeyResource {
  private final ExportKeyService service;

  @Inject
  public ExportKeyResource(ExportKeyService service) {
    this.service = service;
  }

  /**
   * {@code GET /datastores/{uid}/export/keys}: all of them, in the order of their creation.
   *
   * @param uid the uid of the data store
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listExportKeys", summary = "List the export keys of a data store")
  @APIResponseSchema(ExportKeyView[].class)
  public Response list(
      @PathParam("uid") String uid,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(uid), first, max, uri);
  }

  /**
   * {@code POST /datastores/{uid}/export/keys}: 201 with the key's fingerprint.
   *
   * @param uid the uid of the data store
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("ADD_EXPORT_KEY")
  @Operation(operationId = "addExportKey", summary = "Add an export key to a data store")
  @APIResponseSchema(value = ExportKeyView.class, responseCode = "201")
  public Response add(@PathParam("uid") String uid, @Valid @NotNull AddExportKey wanted) {
    return Response.status(Response.Status.CREATED).entity(service.add(uid, wanted)).build();
  }

  /**
   * {@code DELETE /datastores/{uid}/export/keys/{keyUid}}: 204; no more packages for this key. It
   * has no ETag: an {@code If-Match} other than {@code *} is refused with 412.
   *
   * @param uid the uid of the data store
   * @param keyUid the uid of the export key
   */
  @DELETE
  @Path("{keyUid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("REMOVE_EXPORT_KEY")
  @Operation(operationId = "removeExportKey", summary = "Remove an export key from a data store")
  public void remove(@PathParam("uid") String uid, @PathParam("keyUid") String keyUid) {
    service.remove(uid, keyUid);
  }
}
