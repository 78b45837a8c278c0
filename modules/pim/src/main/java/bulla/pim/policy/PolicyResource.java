package bulla.pim.policy;

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

/** {@code /policies}: the policies of policy management. */
@Path("/policies")
@Produces("application/json")
@Dependent
public class PolicyResource {
  private final PolicyService service;

  @Inject
  public PolicyResource(PolicyService service) {
    this.service = service;
  }

  /**
   * {@code GET /policies}: all of them, in the order of their creation, or the one of a name.
   *
   * @param name the one policy to list, by its name; all if absent
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listPolicies", summary = "List the policies")
  @APIResponseSchema(PolicyView[].class)
  public Response list(
      @QueryParam("name") String name,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    return Page.answer(service.list(name), first, max, uri);
  }

  /** {@code POST /policies}: 201 with the policy and its uid. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createPolicy", summary = "Create a policy")
  @APIResponseSchema(value = PolicyView.class, responseCode = "201")
  public Response create(@Valid @NotNull WritePolicy wanted, @Context UriInfo uri) {
    PolicyView created = service.create(wanted);
    return Response.created(uri.getAbsolutePathBuilder().path(created.uid()).build())
        .entity(created)
        .build();
  }

  /**
   * {@code GET /policies/{uid}}: the policy with its ETag.
   *
   * @param uid the uid of the policy
   */
  @GET
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "getPolicy", summary = "Read a policy")
  @APIResponseSchema(PolicyView.class)
  public Response get(@PathParam("uid") String uid, @Context Request request) {
    var found = service.get(uid);
    return Precondition.of(request).answer(found.version(), found.view());
  }

  /**
   * {@code PUT /policies/{uid}}: the body is the whole new state.
   *
   * @param uid the uid of the policy
   */
  @PUT
  @Path("{uid}")
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CHANGE")
  @Operation(operationId = "changePolicy", summary = "Change a policy")
  public PolicyView change(
      @PathParam("uid") String uid, @Valid @NotNull WritePolicy wanted, @Context Request request) {
    return service.change(uid, wanted, Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /policies/{uid}}: 204, or 409 while something refers to it.
   *
   * @param uid the uid of the policy
   */
  @DELETE
  @Path("{uid}")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deletePolicy", summary = "Delete a policy")
  public void delete(@PathParam("uid") String uid, @Context Request request) {
    service.delete(uid, Precondition.of(request)::check);
  }
}
