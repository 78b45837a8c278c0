package bulla.commonops.service;

import bulla.commonops.authentication.Authenticated;
import bulla.commonops.problem.CommonProblem;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.logging.Level;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * The operations that every API answers under its own base path, as the published common operations
 * describe them. Each API has one subclass, annotated {@code @Path("/")}, which adds {@code POST
 * /log} with the permission that this API asks for.
 */
@Produces("application/json")
public abstract class CommonOperations {
  private final ServedApi api;

  @Inject ServiceHealth health;
  @Inject LogLevelJournal journal;

  protected CommonOperations(ServedApi api) {
    this.api = api;
  }

  /** {@code GET /version}: the version of the service and of its build. */
  @GET
  @Path("version")
  @Authenticated
  @Operation(operationId = "getVersion", summary = "The version of the service and of its build")
  public VersionView version() {
    return BuildVersion.CURRENT;
  }

  /**
   * {@code GET /health}: whether the service can do its work; 200 either way. It is false, too,
   * where the credentials cannot be checked because the database is down.
   */
  @GET
  @Path("health")
  @Authenticated(evenUnchecked = true)
  @Operation(operationId = "getHealth", summary = "Whether the service can do its work")
  public HealthView health() {
    return new HealthView(health.isHealthy());
  }

  /** {@code GET /doc}: the OpenAPI document of this API, as YAML unless JSON is asked for. */
  @GET
  @Path("doc")
  @Authenticated
  @Produces({"application/x-yaml", "application/yaml", "application/json"})
  @Operation(operationId = "getDocument", summary = "The OpenAPI document of this API")
  @APIResponse(
      responseCode = "200",
      description = "The document (OpenAPI 3.1)",
      content = {
        @Content(
            mediaType = "application/x-yaml",
            schema = @Schema(type = SchemaType.STRING),
            example = "openapi: 3.1.0"),
        @Content(
            mediaType = "application/yaml",
            schema = @Schema(type = SchemaType.STRING),
            example = "openapi: 3.1.0"),
        @Content(
            mediaType = "application/json",
            schema = @Schema(type = SchemaType.OBJECT),
            example = "{\"openapi\":\"3.1.0\"}")
      })
  public Response doc(@HeaderParam(HttpHeaders.ACCEPT) String accept) {
    String type = DocumentType.wanted(accept);
    return Response.ok(
            type.equals(DocumentType.JSON) ? api.documentJson() : api.documentYaml(), type)
        .build();
  }

  /** {@code GET /log}: the level from which this API's log records are written. */
  @GET
  @Path("log")
  @Authenticated
  @Operation(operationId = "getLogLevel", summary = "The level of this API's log")
  public LogLevelView logLevel() {
    return new LogLevelView(api.logLevel().getName());
  }

  /** Sets the level at once, until the server restarts; for the subclass's {@code POST /log}. */
  @Consumes("application/json")
  protected LogLevelView changeLogLevel(@Valid @NotNull LogLevelView wanted) {
    Level level =
        LogLevels.parse(wanted.level())
            .orElseThrow(
                () ->
                    CommonProblem.INVALID_VALUE.because(
                        "level must be one of " + LogLevels.NAMES, "level"));
    var after = new LogLevelView(level.getName());
    // One after the other: the last level in the journal is the one that holds.
    synchronized (api) {
      // Not the other way: a level that nobody can account for must never be set.
      journal.record(api.name(), logLevel(), after);
      api.setLogLevel(level);
    }
    return after;
  }
}
