package bulla.identity.audit;

import bulla.audit.AuditEvents;
import bulla.audit.EventFilter;
import bulla.audit.SealedJournal;
import bulla.audit.StateProof;
import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.CommonProblem;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /audit}: what happened on this server. */
@Path("audit")
@Produces("application/json")
@Dependent
public class AuditResource {
  private final AuditEvents events;
  private final SealedJournal journal;
  private final StateProof proof;
  private final StrictJson json;
  private final AuditorEntries entries;
  private final ArchiveService archive;

  @Inject
  public AuditResource(
      AuditEvents events,
      SealedJournal journal,
      StateProof proof,
      StrictJson json,
      AuditorEntries entries,
      ArchiveService archive) {
    this.events = events;
    this.journal = journal;
    this.proof = proof;
    this.json = json;
    this.entries = entries;
    this.archive = archive;
  }

  /**
   * {@code GET /audit/events}: {@code max} entries after the {@code first} ones, the newest first.
   *
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; 100 if absent
   * @param from the earliest time, RFC 3339 in UTC
   * @param to the time before which the entry was recorded
   * @param user the name of the caller
   * @param action what was done
   * @param object a kind of object, or a kind, a slash and an id
   * @param before the id of an entry: those before it, which cost the same however far back they
   *     are; they are not counted, and the next page is linked
   */
  @GET
  @Path("events")
  @RolesAllowed(Permission.AUDIT_READ)
  @Operation(operationId = "listAuditEvents", summary = "List entries of the audit journal")
  @APIResponse(
      responseCode = "200",
      headers =
          @Header(
              name = Page.TOTAL_COUNT,
              description = "The length of the whole list; not where `before` begins the page",
              schema = @Schema(type = SchemaType.INTEGER, examples = "1")),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = AuditEventView[].class)))
  public Response list(
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("user") String user,
      @QueryParam("action") String action,
      @QueryParam("object") String object,
      @QueryParam("before") String before,
      @Context UriInfo uri) {
    var page = Page.of(first, max);
    EventFilter filter = EventQuery.filter(from, to, user, action, object, before);
    var found =
        events.find(filter, page.first(), page.max()).stream().map(AuditEventView::of).toList();
    if (before != null) {
      return page.answer(
          found,
          "before",
          found.size() < page.max()
              ? Optional.empty()
              : Optional.of(Long.toString(found.get(found.size() - 1).id())),
          uri);
    }
    return page.answer(found, page.total(found.size(), () -> events.count(filter)), uri);
  }

  /** {@code GET /audit/verify}: follows the whole chain; takes seconds for millions of entries. */
  @GET
  @Path("verify")
  @RolesAllowed(Permission.AUDIT_ADMIN)
  @Operation(operationId = "verifyAudit", summary = "Verify the whole audit journal")
  public VerificationView verify() {
    return VerificationView.of(journal.verify());
  }

  /**
   * {@code GET /audit/export}: the journal as JSON lines, which {@code bulla audit verify} verifies
   * without this server.
   */
  @GET
  @Path("export")
  @Produces("application/x-ndjson")
  @RolesAllowed(Permission.AUDIT_ADMIN)
  @AuditAction("EXPORT")
  @Operation(operationId = "exportAudit", summary = "Export the whole audit journal")
  @APIResponse(
      responseCode = "200",
      description = "The journal, one JSON object a line",
      content =
          @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)))
  public StreamingOutput export() {
    entries.exported();
    return journal::export;
  }

  /**
   * {@code POST /audit/states}: what entries hold where an object had this state. Whoever knows a
   * state finds with it the entries that made it so and those that changed it.
   */
  @POST
  @Path("states")
  @Consumes("application/json")
  @RolesAllowed(Permission.AUDIT_ADMIN)
  @AuditAction("PROVE_STATE")
  @Operation(operationId = "proveAuditState", summary = "Get the HMAC that entries have of a state")
  public StateHmacView prove(@Valid @NotNull ProveState wanted) {
    String hmac;
    try {
      hmac = proof.hmac(json.write(wanted.state()));
    } catch (IllegalArgumentException noCanonicalForm) {
      throw CommonProblem.INVALID_VALUE.because(noCanonicalForm.getMessage(), "state");
    }
    entries.proved(hmac);
    return new StateHmacView(hmac);
  }

  /**
   * {@code POST /audit/archive}: moves the oldest stretch of the journal, of a million entries at
   * most, into a file on the server's host, which {@code bulla audit verify} verifies.
   */
  @POST
  @Path("archive")
  @Consumes("application/json")
  @RolesAllowed(Permission.AUDIT_ADMIN)
  @AuditAction("ARCHIVE")
  @Operation(operationId = "archiveAudit", summary = "Archive the oldest entries of the journal")
  public ArchiveView archive(@Valid @NotNull ArchiveEntries request) {
    return archive.archive(request);
  }

  /** {@code GET /audit/checkpoint}: the newest checkpoint. */
  @GET
  @Path("checkpoint")
  @RolesAllowed(Permission.AUDIT_READ)
  @Operation(
      operationId = "getAuditCheckpoint",
      summary = "Get the newest checkpoint of the journal")
  public SignedCheckpoint checkpoint() {
    return journal
        .newestCheckpoint()
        .map(SignedCheckpoint::new)
        .orElseThrow(
            () ->
                CommonProblem.UNAVAILABLE
                    .because("The journal has no checkpoint yet; the first is made within a minute")
                    .retryAfter(5));
  }

  /** {@code GET /audit/jwks}: the public keys of the checkpoints (RFC 7517). */
  @GET
  @Path("jwks")
  @RolesAllowed(Permission.AUDIT_READ)
  @Operation(operationId = "getAuditKeys", summary = "Get the keys that verify checkpoints")
  @APIResponse(
      responseCode = "200",
      description = "The keys, as a JSON Web Key Set",
      content =
          @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
  public String jwks() {
    return journal.jwks();
  }
}
