package bulla.identity.user;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import bulla.commonops.http.Precondition;
import bulla.identity.password.PasswordHashing;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /users}: who may call the APIs. */
@Path("users")
@Produces("application/json")
@Dependent
public class UserResource {
  private final UserService users;
  private final PasswordHashing hashing;
  private final PasswordPolicy policy;

  @Inject
  public UserResource(UserService users, PasswordHashing hashing, PasswordPolicy policy) {
    this.users = users;
    this.hashing = hashing;
    this.policy = policy;
  }

  /** {@code POST /users}: creates a user; 409 where the name is taken in any letter case. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.USER_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createUser", summary = "Create a user")
  public UserCreated create(@Valid @NotNull CreateUser user, @Context SecurityContext security) {
    if (user.password() != null) {
      PasswordPolicy.requireOther(user.username().text(), user.password());
    }
    return users.create(
        user,
        Optional.ofNullable(user.password()).map(hashing::hash),
        new Authority(security::isUserInRole));
  }

  /**
   * {@code GET /users}: {@code max} users after the {@code first} ones, in order of their names.
   *
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; 100 if absent
   */
  @GET
  @RolesAllowed(Permission.USER_READ)
  @Operation(operationId = "listUsers", summary = "List users")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = UserEntry[].class)))
  public Response list(
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Parameter(description = "What the name contains, in any letter case") @QueryParam("username")
          String username,
      @Parameter(description = "What the email contains, in any letter case") @QueryParam("email")
          String email,
      @Context UriInfo uri) {
    var page = Page.of(first, max);
    UserService.Listing listing = users.list(UserSearch.of(username, email), page);
    return page.answer(listing.entries(), listing.total(), uri);
  }

  /**
   * {@code PUT /users}: changes a user; {@code If-Match} is the tag of the user named in the body.
   * A password given here is temporary.
   */
  @PUT
  @Consumes("application/json")
  @RolesAllowed(Permission.USER_WRITE)
  @AuditAction("UPDATE")
  @Operation(operationId = "updateUser", summary = "Change a user")
  public UserUpdated update(
      @Valid @NotNull UpdateUser user,
      @Context SecurityContext security,
      @Context Request request) {
    return users.update(
        user,
        Optional.ofNullable(user.password()).map(wanted -> policy.temporary(user.id(), wanted)),
        new Authority(security::isUserInRole),
        Precondition.of(request)::check);
  }

  /**
   * {@code GET /users/{id}}: one user with its {@code ETag}.
   *
   * @param id the id of the user
   */
  @GET
  @Path("{id}")
  @RolesAllowed(Permission.USER_READ)
  @Operation(operationId = "getUser", summary = "Get one user")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = UserView.class)))
  public Response get(@PathParam("id") String id, @Context Request request) {
    UserService.Versioned user = users.get(id);
    return Precondition.of(request).answer(user.version(), user.view());
  }

  /**
   * {@code DELETE /users/{id}}: deletes a user and ends its tokens.
   *
   * @param id the id of the user
   */
  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.USER_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteUser", summary = "Delete a user")
  public UserDeleted delete(
      @PathParam("id") String id, @Context SecurityContext security, @Context Request request) {
    return users.delete(id, new Authority(security::isUserInRole), Precondition.of(request)::check);
  }

  /**
   * {@code PUT /users/password}: gives a user a new password and ends its tokens. The password is
   * temporary unless the body says otherwise, because somebody else knows it.
   */
  @PUT
  @Path("password")
  @Consumes("application/json")
  @RolesAllowed(Permission.USER_WRITE)
  @AuditAction("UPDATE_PASSWORD")
  @Operation(operationId = "updatePassword", summary = "Give a user a new password")
  public PasswordUpdated updatePassword(
      @Valid @NotNull UpdatePassword password,
      @Context SecurityContext security,
      @Context Request request) {
    var authority = new Authority(security::isUserInRole);
    // First, or the answer would tell somebody without that right which password was used before.
    users.requireAuthority(password.userId(), authority);
    boolean temporary = !Boolean.FALSE.equals(password.temporary());
    return users.updatePassword(
        password.userId(),
        temporary
            ? policy.temporary(password.userId(), password.newPassword())
            : policy.lasting(password.userId(), password.newPassword()),
        temporary,
        authority,
        Precondition.of(request)::check);
  }
}
