package bulla.identity.audit;

import bulla.audit.AuditEvents;
import bulla.audit.EventFilter;
import bulla.commonops.authentication.Permission;
import bulla.commonops.http.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /audit}: what happened on this server. */
@Path("audit")
@Produces("application/json")
@Dependent
public class AuditResource {
  private final AuditEvents events;

  @Inject
  public AuditResource(AuditEvents events) {
    this.events = events;
  }

  /**
   * {@code GET /audit/events}: {@code max} entries after the {@code first} ones, the newest first.
   *
   * @param from the earliest time, RFC 3339 in UTC
   * @param to the time before which the entry was recorded
   * @param user the name of the caller
   * @param action what was done
   * @param object a kind of object, or a kind, a slash and an id
   */
  @GET
  @Path("events")
  @RolesAllowed(Permission.AUDIT_READ)
  @Operation(operationId = "listAuditEvents", summary = "List entries of the audit journal")
  @APIResponse(
      responseCode = "200",
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
      @Context UriInfo uri) {
    var page = Page.of(first, max);
    EventFilter filter = EventQuery.filter(from, to, user, action, object);
    var entries =
        events.find(filter, page.first(), page.max()).stream().map(AuditEventView::of).toList();
    return page.answer(entries, page.total(entries.size(), () -> events.count(filter)), uri);
  }
}
