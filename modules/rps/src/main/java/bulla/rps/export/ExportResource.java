package bulla.rps.export;

import bulla.commonops.authentication.Permission;
import bulla.commonops.caller.Caller;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Precondition;
import bulla.pim.object.PimProblem;
import bulla.resilientpackage.keys.ExportKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /export}: the resilient packages. */
@Path("export")
@Produces("application/json")
@Dependent
public class ExportResource {
  /** As RFC 9745 writes it: 1 January 2026. */
  private static final String DEPRECATED_SINCE = "@1767225600";

  private static final String FILE = "attachment; filename=rps.json";

  private final ExportService service;
  private final CallerPulls pulls;
  private final DeprecatedExport deprecated;
  private final Caller caller;

  /** For JAX-RS. */
  @Inject
  public ExportResource(
      ExportService service, CallerPulls pulls, DeprecatedExport deprecated, Caller caller) {
    this.service = service;
    this.pulls = pulls;
    this.deprecated = deprecated;
    this.caller = caller;
  }

  /**
   * {@code GET /export/{fingerprint}}: what is deployed to the data store of this export key,
   * sealed to it; 304 for a protector that has it already, which counts as no export.
   */
  @GET
  @Path("{fingerprint}")
  @RolesAllowed(Permission.PACKAGE_EXPORT)
  @AuditAction("EXPORT")
  @Operation(
      operationId = "exportPackage",
      summary = "Export the resilient package of a data store, sealed to one of its export keys")
  @APIResponse(
      responseCode = "200",
      description = "rps.json: a JSON Web Encryption in the flattened JSON form (RFC 7516)",
      headers =
          @Header(
              name = "Content-Disposition",
              description = "The name of the file",
              schema = @Schema(type = SchemaType.STRING, examples = FILE)),
      content =
          @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "304", description = "The package is the one of If-None-Match")
  @APIResponse(responseCode = "400", description = "No fingerprint, or a version not supported")
  @APIResponse(responseCode = "404", description = "No data store has such an export key")
  @APIResponse(
      responseCode = "409",
      description =
          "Nothing was deployed to the data store yet, or something else while it was sealed")
  public Response export(
      @Parameter(
              description =
                  "The fingerprint of the export key: 64 hexadecimal digits, with or without"
                      + " colons")
          @PathParam("fingerprint")
          String fingerprint,
      @Parameter(
              description =
                  "The schema version of the package that the protector supports; 1 if absent",
              schema = @Schema(type = SchemaType.INTEGER))
          @QueryParam("version")
          String version,
      @Parameter(
              description =
                  "The schema version of the core policy that the protector supports; 1 if absent",
              schema = @Schema(type = SchemaType.INTEGER))
          @QueryParam("coreVersion")
          String coreVersion,
      @Context Request request) {
    SchemaVersions versions = SchemaVersions.negotiate(version, coreVersion);
    return ExportService.twice(
        () -> service.find(fingerprint, versions).flatMap(found -> answer(found, request)));
  }

  /** Empty where the package was removed before its bytes were read. */
  private Optional<Response> answer(SealedPackage sealed, Request request) {
    var tag = new EntityTag(sealed.digest());
    Optional<Response> known = Precondition.of(request).known(tag);
    // Who asks for the headers alone gets no package, and need not have it.
    boolean headersAlone = HttpMethod.HEAD.equals(request.getMethod());
    if (known.isPresent()) {
      if (!headersAlone) {
        pulls.pulled(sealed.id());
      }
      return known;
    }
    Optional<Response.ResponseBuilder> found =
        headersAlone
            ? Optional.of(file())
            : service.content(sealed).map(content -> handedOut(sealed.id(), content));
    return found.map(answer -> answer.tag(tag).build());
  }

  /**
   * {@code POST /export}: what is deployed to the data store in whose ranges the caller's address
   * lies, sealed to a key that the caller brings along. Deprecated, and off unless the server's
   * settings switch it on: whoever may export chooses here for whom.
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.PACKAGE_EXPORT)
  @AuditAction("EXPORT")
  @Operation(
      operationId = "exportPackageForKey",
      summary = "Export the resilient package of the caller's data store, sealed to any key",
      deprecated = true)
  @APIResponse(
      responseCode = "200",
      description = "rps.json: a JSON Web Encryption in the flattened JSON form (RFC 7516)",
      headers = {
        @Header(
            name = "Content-Disposition",
            description = "The name of the file",
            schema = @Schema(type = SchemaType.STRING, examples = FILE)),
        @Header(
            name = "Deprecation",
            description = "Since when not to use this any more (RFC 9745)",
            schema = @Schema(type = SchemaType.STRING, examples = DEPRECATED_SINCE)),
        @Header(
            name = "Link",
            description = "What to use in its place",
            schema =
                @Schema(
                    type = SchemaType.STRING,
                    examples = "</pty/v1/rps/export/0123abcd>; rel=\"successor-version\""))
      },
      content =
          @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "400", description = "No usable key, or a version not supported")
  @APIResponse(
      responseCode = "403",
      description = "It is switched off, or the caller's address lies in no data store's ranges")
  @APIResponse(
      responseCode = "409",
      description =
          "Nothing was deployed to the data store yet, or something else while it was sealed")
  public Response exportForKey(
      @Valid @NotNull ExportForKey wanted,
      @Parameter(
              description =
                  "The schema version of the package that the protector supports; 1 if absent",
              schema = @Schema(type = SchemaType.INTEGER))
          @QueryParam("version")
          String version,
      @Parameter(
              description =
                  "The schema version of the core policy that the protector supports; 1 if absent",
              schema = @Schema(type = SchemaType.INTEGER))
          @QueryParam("coreVersion")
          String coreVersion) {
    SchemaVersions versions = SchemaVersions.negotiate(version, coreVersion);
    ExportKey key = deprecated.key(wanted);
    String address =
        caller
            .findAddress()
            .orElseThrow(
                () ->
                    PimProblem.ADDRESS_NOT_IN_RANGE.because(
                        "The proxy does not say which address the request comes from"));
    ExportService.Unkept sealed = service.sealed(address, key, versions);
    return handedOut(sealed.id(), sealed.content())
        .header("Deprecation", DEPRECATED_SINCE)
        .header(
            HttpHeaders.LINK,
            "</pty/v1/rps/export/" + key.fingerprint() + ">; rel=\"successor-version\"")
        .build();
  }

  /** The runtime closes the stream when it has written it; until then, whatever fails closes it. */
  private Response.ResponseBuilder handedOut(PackageId id, SpooledPackage content) {
    try {
      service.record(id);
      pulls.pulled(id);
      return file().entity(content.open()).header(HttpHeaders.CONTENT_LENGTH, content.length());
    } catch (RuntimeException | Error e) {
      content.close();
      throw e;
    }
  }

  private static Response.ResponseBuilder file() {
    return Response.ok()
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, FILE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
