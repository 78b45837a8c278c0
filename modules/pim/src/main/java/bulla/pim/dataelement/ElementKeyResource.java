package bulla.pim.dataelement;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
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

/** {@code /dataelements/{uid}/keys}: the keys of a data element. */
@Path("/dataelements/{uid}/keys")
@Produces("application/json")
@Dependent
public class ElementKeyResource {
  private final DataElementService service;

  @Inject
  public ElementKeyResource(DataElementService service) {
    this.service = service;
  }

  /**
   * {@code GET /dataelements/{uid}/keys}: all of them, in the order in which they were made; none
   * of a data element that needs no key.
   *
   * @param uid the uid of the data element
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listElementKeys", summary = "List the keys of a data element")
  @APIResponseSchema(ElementKeyView[].class)
  public Response list(
      @PathParam("uid") String uid,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.keys(uid), first, max, uri);
  }

  /**
   * {@code POST /dataelements/{uid}/keys}: 201 with a new key, which protects from the next deploy
   * on; the keys before it still unprotect. 409 where the method does not store the id of its key
   * ({@code keyId}).
   *
   * @param uid the uid of the data element
   */
  @POST
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("ROTATE_KEY")
  @Operation(operationId = "rotateElementKey", summary = "Give a data element a new key")
  @APIResponseSchema(value = ElementKeyView.class, responseCode = "201")
  public Response rotate(@PathParam("uid") String uid) {
    return Response.status(Response.Status.CREATED).entity(service.rotate(uid)).build();
  }
}
