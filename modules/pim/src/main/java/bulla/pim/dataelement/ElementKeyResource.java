package bulla.pim.dataelement;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
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
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listElementKeys", summary = "List the keys of a data element")
  public List<ElementKeyView> list(@PathParam("uid") String uid) {
    return service.keys(uid);
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
