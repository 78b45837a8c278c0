package bulla.pim.policy;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import bulla.commonops.http.Precondition;
import bulla.pim.object.Versioned;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /policies/{uid}/rules}: what roles may do with data elements. */
@Path("/policies/{uid}/rules")
@Produces("application/json")
@Dependent
public class RuleResource {
  static final String TAG = "The state of the one rule, for `If-Match`";

  private final RuleService service;

  @Inject
  public RuleResource(RuleService service) {
    this.service = service;
  }

  /**
   * {@code GET /policies/{uid}/rules}: all of them, in the order of their creation, or those of a
   * role and a data element; the one rule of both has its ETag.
   *
   * @param uid the uid of the policy
   * @param role the uid of the role
   * @param dataElement the uid of the data element
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; all if both are absent, 100 if only this is
   */
  @GET
  @RolesAllowed(Permission.POLICY_READ)
  @Operation(operationId = "listRules", summary = "List the rules of a policy")
  @APIResponse(
      responseCode = "200",
      description = "The rules",
      headers =
          @Header(
              name = "ETag",
              description = RuleResource.TAG,
              schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(type = SchemaType.ARRAY, implementation = RuleView.class)))
  public Response list(
      @PathParam("uid") String uid,
      @QueryParam("role") String role,
      @QueryParam("dataElement") String dataElement,
      @QueryParam("first") String first,
      @QueryParam("max") String max,
      @Context UriInfo uri) {
    List<Versioned<RuleView>> rules;
    Response answer;
    if (first == null && max == null) {
      rules = service.list(uid, role, dataElement);
      answer = Page.answer(views(rules), first, max, uri);
    } else {
      Page page = Page.of(first, max);
      var listing = service.page(uid, role, dataElement, page);
      rules = listing.rules();
      answer = page.answer(views(rules), listing.total(), uri);
    }
    return role != null && dataElement != null && rules.size() == 1
        ? Response.fromResponse(answer).tag(Precondition.tag(rules.get(0).version())).build()
        : answer;
  }

  private static List<RuleView> views(List<Versioned<RuleView>> rules) {
    return rules.stream().map(Versioned::view).toList();
  }

  /**
   * {@code POST /policies/{uid}/rules}: 201 with the rule.
   *
   * @param uid the uid of the policy
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CREATE_RULE")
  @Operation(operationId = "createRule", summary = "Add a rule to a policy")
  @APIResponse(
      responseCode = "201",
      description = "The rule",
      headers =
          @Header(
              name = "ETag",
              description = RuleResource.TAG,
              schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RuleView.class)))
  public Response create(@PathParam("uid") String uid, @Valid @NotNull WriteRule wanted) {
    return answer(Response.Status.CREATED, service.create(uid, wanted));
  }

  /**
   * {@code PUT /policies/{uid}/rules}: replaces the rule of the body's role and data element.
   *
   * @param uid the uid of the policy
   */
  @PUT
  @Consumes("application/json")
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("CHANGE_RULE")
  @Operation(operationId = "changeRule", summary = "Change a rule of a policy")
  @APIResponse(
      responseCode = "200",
      description = "The rule as it is now",
      headers =
          @Header(
              name = "ETag",
              description = RuleResource.TAG,
              schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RuleView.class)))
  public Response change(
      @PathParam("uid") String uid, @Valid @NotNull WriteRule wanted, @Context Request request) {
    return answer(Response.Status.OK, service.change(uid, wanted, Precondition.of(request)::check));
  }

  /**
   * {@code DELETE /policies/{uid}/rules?role=&dataElement=}: 204.
   *
   * @param uid the uid of the policy
   * @param role the uid of the role
   * @param dataElement the uid of the data element
   */
  @DELETE
  @RolesAllowed(Permission.POLICY_WRITE)
  @AuditAction("DELETE_RULE")
  @Operation(operationId = "deleteRule", summary = "Delete a rule of a policy")
  public void delete(
      @PathParam("uid") String uid,
      @QueryParam("role") String role,
      @QueryParam("dataElement") String dataElement,
      @Context Request request) {
    service.delete(uid, role, dataElement, Precondition.of(request)::check);
  }

  private static Response answer(Response.Status status, Versioned<RuleView> rule) {
    return Response.status(status)
        .entity(rule.view())
        .tag(Precondition.tag(rule.version()))
        .build();
  }
}
