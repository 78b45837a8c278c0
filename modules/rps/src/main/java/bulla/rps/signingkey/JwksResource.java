package bulla.rps.signingkey;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /jwks}: with which protectors verify packages. */
@Path("jwks")
@Produces("application/json")
@Dependent
public class JwksResource {
  private final SigningKeys keys;
  private final SigningKeyRotation rotation;

  @Inject
  public JwksResource(SigningKeys keys, SigningKeyRotation rotation) {
    this.keys = keys;
    this.rotation = rotation;
  }

  /** {@code GET /jwks}: the public keys that verify packages, for anybody. */
  @GET
  @PermitAll
  @Operation(
      operationId = "getPackageKeys",
      summary = "The public keys that verify packages, as a JSON Web Key Set (RFC 7517)")
  @APIResponse(
      responseCode = "200",
      description = "The keys; those of access tokens are not among them",
      content =
          @Content(mediaType = "application/json", schema = @Schema(implementation = Jwks.class)))
  public Response keys() {
    return Response.ok(keys.jwks())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + Jwks.LONGEST_COPY.toSeconds())
        .build();
  }

  /**
   * {@code POST /jwks/rotate}: the key that is announced in the set signs from now on, and another
   * one is announced; packages are sealed anew, with the serials that they have. Who fetched the
   * set since the last rotation reads them. After a rotation that ends trust, protectors must fetch
   * the set again.
   *
   * <p>A rotation cannot be undone: name the announced key, so that a request that is repeated does
   * not end in a key that nobody has fetched.
   */
  @POST
  @Path("rotate")
  @Consumes("application/json")
  @RolesAllowed(Permission.KEYRING_ADMIN)
  @AuditAction({"ROTATE", "ROTATE_AND_END_TRUST"})
  @Operation(operationId = "rotatePackageKeys", summary = "Let the next key sign packages")
  @APIResponse(
      responseCode = "200",
      description = "The key that was announced signs",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RotatedKeys.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "Another key is announced than the one that is named, or none is named and it was"
              + " announced too recently")
  public RotatedKeys rotate(@Valid @NotNull RotateKeys wanted) {
    keys.prepare();
    return rotation.rotate(wanted);
  }
}
