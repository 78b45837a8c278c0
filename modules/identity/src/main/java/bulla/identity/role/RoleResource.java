package bulla.identity.role;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Precondition;
import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.CommonProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** {@code /roles}: the roles that users can have. */
@Path("roles")
@Produces("application/json")
@Dependent
public class RoleResource {
  private static final StrictJson JSON = new StrictJson(List.of());
  private static final int LONGEST_REFERENCE = 4096;

  private final RoleService roles;

  @Inject
  public RoleResource(RoleService roles) {
    this.roles = roles;
  }

  /** {@code GET /roles}: all roles in the order of their names. */
  @GET
  @RolesAllowed(Permission.ROLE_READ)
  @Operation(operationId = "listRoles", summary = "List all roles")
  public List<RoleView> list() {
    return roles.list();
  }

  /**
   * {@code GET /roles/{name}}: one role with its {@code ETag}.
   *
   * @param name the name of the role
   */
  @GET
  @Path("{name}")
  @RolesAllowed(Permission.ROLE_READ)
  @Operation(operationId = "getRole", summary = "Get one role")
  @APIResponseSchema(RoleView.class)
  public Response get(@PathParam("name") String name, @Context Request request) {
    RoleService.Versioned role = roles.get(roleName(name, "name"));
    return Precondition.of(request).answer(role.version(), role.view());
  }

  /** {@code POST /roles}: creates a role; 409 where the name is taken. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.ROLE_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createRole", summary = "Create a role")
  public RoleChanged create(@Valid @NotNull WriteRole role) {
    return roles.create(role);
  }

  /**
   * {@code PUT /roles}: replaces the permissions of a role and ends the tokens of those who have
   * it; {@code If-Match} is the tag of the role that the body names.
   */
  @PUT
  @Consumes("application/json")
  @RolesAllowed(Permission.ROLE_WRITE)
  @AuditAction("UPDATE")
  @Operation(operationId = "updateRole", summary = "Change a role's permissions")
  public RoleChanged update(@Valid @NotNull WriteRole role, @Context Request request) {
    return roles.update(role, Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /roles}: deletes the role that the body names, or, for clients that cannot send a
   * body with DELETE, the query parameter. The body is read by hand, because JAX-RS would insist on
   * one.
   *
   * @param name the name of the role
   */
  @DELETE
  @RolesAllowed(Permission.ROLE_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteRole", summary = "Delete a role")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RoleReference.class)))
  public RoleChanged delete(
      @QueryParam("name") String name,
      @Context Request request,
      @Parameter(hidden = true) @Context HttpServletRequest servletRequest)
      throws IOException {
    if (name != null && servletRequest.getInputStream().read() >= 0) {
      throw CommonProblem.INVALID_PARAMETER.because(
          "Name the role in the query or in the body, not in both", "name");
    }
    RoleName role = name != null ? roleName(name, "name") : named(servletRequest);
    return roles.delete(role, Precondition.of(request)::check);
  }

  private static RoleName named(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LONGEST_REFERENCE + 1);
    if (body.length > LONGEST_REFERENCE) {
      throw CommonProblem.BODY_TOO_LARGE.because("Send the name of the role alone");
    }
    if (JSON.read(new ByteArrayInputStream(body), RoleReference.class)
            instanceof RoleReference reference
        && reference.name() != null) {
      return reference.name();
    }
    throw CommonProblem.INVALID_VALUE.because("The name of the role is needed", "name");
  }

  private static RoleName roleName(String text, String parameter) {
    try {
      return new RoleName(text);
    } catch (IllegalArgumentException refused) {
      throw CommonProblem.INVALID_PARAMETER.because(refused.getMessage(), parameter);
    }
  }
}
