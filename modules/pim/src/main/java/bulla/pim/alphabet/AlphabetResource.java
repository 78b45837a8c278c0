package bulla.pim.alphabet;

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

/** {@code /alphabets}: the alphabets of policy management. */
@Path("/alphabets")
@Produces("application/json")
@Dependent
public class AlphabetResource {
  private final AlphabetService service;

  @Inject
  public AlphabetResource(AlphabetService service) {
    this.service = service;
  }

  /**
   * {@code GET /alphabets}: all of them, in the order of their creation, or the one of a name.
   *
   * @param name the one alphabet to list, by its name; all if absent
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listAlphabets", summary = "List the alphabets")
  @APIResponseSchema(AlphabetView[].class)
  public Response list(
      @QueryParam("name") String name,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(name), first, max, uri);
  }

  /** {@code POST /alphabets}: 201 with the alphabet and its uid. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createAlphabet", summary = "Create an alphabet")
  @APIResponseSchema(value = AlphabetView.class, responseCode = "201")
  public Response create(@Valid @NotNull CreateAlphabet wanted, @Context UriInfo uri) {
    AlphabetView created = service.create(wanted);
    return Response.created(uri.getAbsolutePathBuilder().path(created.uid()).build())
        .entity(created)
        .build();
  }

  /**
   * {@code GET /alphabets/{uid}}: the alphabet with its ETag.
   *
   * @param uid the uid of the alphabet
   */
  @GET
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getAlphabet", summary = "Read an alphabet")
  @APIResponseSchema(AlphabetView.class)
  public Response get(@PathParam("uid") String uid, @Context Request request) {
    var found = service.get(uid);
    return Precondition.of(request).answer(found.version(), found.view());
  }

  /**
   * {@code DELETE /alphabets/{uid}}: 204, or 409 while something refers to it.
   *
   * @param uid the uid of the alphabet
   */
  @DELETE
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteAlphabet", summary = "Delete an alphabet")
  public void delete(@PathParam("uid") String uid, @Context Request request) {
    service.delete(uid, Precondition.of(request)::check);
  }
}
