package bulla.pim.policy;

import bulla.commonops.authentication.Permission;
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
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /policies/{uid}/rules}: what roles may do with data elements. */
@Path("/policies/{uid}/rules")
@Produces("application/json")
@Dependent
public class RuleResource {
  private final RuleService service;

  @Inject
  public RuleResource(RuleService service) {
    this.service = service;
  }

  /** {@code GET /policies/{uid}/rules}: all of them, in the order of their creation. */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listRules", summary = "List the rules of a policy")
  public List<RuleView> list(@PathParam("uid") String uid) {
    return service.list(uid);
  }

  /** {@code POST /policies/{uid}/rules}: 201 with the rule. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @Operation(operationId = "createRule", summary = "Add a rule to a policy")
  public Response create(@PathParam("uid") String uid, @Valid @NotNull WriteRule wanted) {
    return Response.status(Response.Status.CREATED).entity(service.create(uid, wanted)).build();
  }

  /** {@code PUT /policies/{uid}/rules}: replaces the rule of the body's role and data element. */
  @PUT
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @Operation(operationId = "changeRule", summary = "Change a rule of a policy")
  public RuleView change(@PathParam("uid") String uid, @Valid @NotNull WriteRule wanted) {
    return service.change(uid, wanted);
  }

  /** {@code DELETE /policies/{uid}/rules?role=&dataElement=}: 204. */
  @DELETE
  @RolesAllowed(Permission.POLICY_WRITE)
  @Operation(operationId = "deleteRule", summary = "Delete a rule of a policy")
  public void delete(
      @PathParam("uid") String uid,
      @QueryParam("role") String role,
      @QueryParam("dataElement") String dataElement) {
    service.delete(uid, role, dataElement);
  }
}
