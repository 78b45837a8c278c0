package bulla.identity.token;

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

/** {@code /jwks}: with which others can verify access tokens. */
@Path("jwks")
@Produces("application/json")
@Dependent
public class JwksResource {
  private final TokenService tokens;

  @Inject
  public JwksResource(TokenService tokens) {
    this.tokens = tokens;
  }

  /** {@code GET /jwks}: the public keys, for anybody. */
  @GET
  @PermitAll
  @Operation(operationId = "getTokenKeys", summary = "The public keys of the access tokens")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(mediaType = "application/json", schema = @Schema(implementation = Jwks.class)))
  public Response keys() {
    return Response.ok(tokens.jwks()).header(HttpHeaders.CACHE_CONTROL, "max-age=300").build();
  }

  /**
   * {@code POST /jwks/rotate}: new keys sign from now on; the ones before them verify until the
   * last token that they signed has expired, or until the next rotation.
   */
  @POST
  @Path("rotate")
  @Consumes("application/json")
  @RolesAllowed(Permission.ROLE_WRITE)
  @AuditAction({"ROTATE", "ROTATE_AND_END_TOKENS"})
  @Operation(operationId = "rotateTokenKeys", summary = "Make new keys for tokens")
  public RotatedKeys rotate(@Valid @NotNull RotateKeys wanted) {
    return tokens.rotateKeys(Boolean.TRUE.equals(wanted.endTokens()));
  }
}
