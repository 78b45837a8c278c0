package bulla.pim.access;

import bulla.commonops.authentication.Permission;
import bulla.commonops.http.Printable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /members/{user}/access}: what a user may do. */
@Path("/members/{user: .+}/access")
@Produces("application/json")
@Dependent
public class AccessResource {
  private final AccessService service;

  @Inject
  public AccessResource(AccessService service) {
    this.service = service;
  }

  /**
   * {@code GET /members/{user}/access?view=simple|advanced}: the rights that the protectors of each
   * data store give the user; the advanced view adds the roles and rules that say so.
   *
   * @param user the name of the user, as roles list it; a slash in it stays a slash
   * @param view {@code advanced} adds the rules that say so
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(
      operationId = "getMemberAccess",
      summary = "What a user may do with each data element, and which roles and rules say so")
  public MemberAccessView access(
      @PathParam("user")
          @Size(min = 1, max = 255, message = "must have 1 to 255 characters")
          @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
          String user,
      @QueryParam("view") String view) {
    return service.access(user, AccessDetail.of(view));
  }
}
