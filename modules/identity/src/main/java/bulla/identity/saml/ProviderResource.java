package bulla.identity.saml;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.http.Page;
import bulla.commonops.http.Precondition;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /saml/providers}: the configuration of SAML identity providers. */
@Path("saml/providers")
@Produces("application/json")
@Dependent
public class ProviderResource {
  private final ProviderService providers;
  private final ProviderMetadata metadata;

  @Inject
  public ProviderResource(ProviderService providers, ProviderMetadata metadata) {
    this.providers = providers;
    this.metadata = metadata;
  }

  /**
   * {@code GET /saml/providers}: the providers in the order of their aliases.
   *
   * @param first how many entries to leave out; 0 if absent
   * @param max how many entries to return, 1 to 1000; 100 if absent
   */
  @GET
  @RolesAllowed(Permission.SAML_READ)
  @Operation(operationId = "listSamlProviders", summary = "List SAML providers")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ProviderView[].class)))
  public Response list(
      @QueryParam("first") String first, @QueryParam("max") String max, @Context UriInfo uri) {
    var page = Page.of(first, max);
    ProviderService.Listing listing = providers.list(page);
    return page.answer(listing.views(), listing.total(), uri);
  }

  /** {@code POST /saml/providers}: creates a provider from its metadata. */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.SAML_WRITE)
  @AuditAction("CREATE")
  @Operation(operationId = "createSamlProvider", summary = "Create a SAML provider")
  public ProviderCreated create(@Valid @NotNull CreateProvider provider) {
    providers.requireFree(provider.alias());
    return providers.create(provider, metadata.get(provider.source()).orElseThrow());
  }

  /**
   * {@code GET /saml/providers/{alias}}: one provider with its {@code ETag}.
   *
   * @param alias the alias of the provider
   */
  @GET
  @Path("{alias}")
  @RolesAllowed(Permission.SAML_READ)
  @Operation(operationId = "getSamlProvider", summary = "Get one SAML provider")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ProviderView.class)))
  public Response get(@PathParam("alias") String alias, @Context Request request) {
    ProviderService.Versioned provider = providers.get(alias);
    return Precondition.of(request).answer(provider.version(), provider.view());
  }

  /**
   * {@code PUT /saml/providers/{alias}}: changes a provider; the metadata is read anew.
   *
   * @param alias the alias of the provider
   */
  @PUT
  @Path("{alias}")
  @Consumes("application/json")
  @RolesAllowed(Permission.SAML_WRITE)
  @AuditAction("UPDATE")
  @Operation(operationId = "updateSamlProvider", summary = "Change a SAML provider")
  public ProviderChanged update(
      @PathParam("alias") String alias,
      @Valid @NotNull UpdateProvider provider,
      @Context Request request) {
    // Nothing is fetched for a provider that is not there.
    providers.get(alias);
    return providers.update(
        alias, provider, metadata.get(provider.source()), Precondition.of(request)::check);
  }

  /**
   * {@code DELETE /saml/providers/{alias}}: deletes a provider.
   *
   * @param alias the alias of the provider
   */
  @DELETE
  @Path("{alias}")
  @RolesAllowed(Permission.SAML_WRITE)
  @AuditAction("DELETE")
  @Operation(operationId = "deleteSamlProvider", summary = "Delete a SAML provider")
  public ProviderChanged delete(@PathParam("alias") String alias, @Context Request request) {
    return providers.delete(alias, Precondition.of(request)::check);
  }
}
