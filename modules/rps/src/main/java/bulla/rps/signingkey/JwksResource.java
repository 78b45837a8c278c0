package bulla.rps.signingkey;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /jwks}: with which protectors verify packages. */
@Path("jwks")
@Produces("application/json")
@Dependent
public class JwksResource {
  private final SigningKeys keys;

  @Inject
  public JwksResource(SigningKeys keys) {
    this.keys = keys;
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
          @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
  public Response keys() {
    return Response.ok(keys.jwks())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
        .build();
  }
}
