package bulla.identity.certificate;

import bulla.commonops.authentication.Permission;
import bulla.commonops.change.AuditAction;
import bulla.commonops.problem.CommonProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /users/{id}/certificates}: the client certificates that a user may come with. */
@Path("users/{id}/certificates")
@Produces("application/json")
@Dependent
public class CertificateResource {
  private final PinnedCertificates certificates;
  private final TrustedClients trusted;

  @Inject
  public CertificateResource(PinnedCertificates certificates, TrustedClients trusted) {
    this.certificates = certificates;
    this.trusted = trusted;
  }

  /**
   * {@code GET /users/{id}/certificates}: those of one user.
   *
   * @param userId the id of the user
   */
  @GET
  @RolesAllowed(Permission.USER_READ)
  @Operation(operationId = "listUserCertificates", summary = "List a user's client certificates")
  public List<PinnedCertificateView> list(@PathParam("id") String userId) {
    return certificates.list(userId);
  }

  /**
   * {@code POST /users/{id}/certificates}: from the next connection on, whoever has the private key
   * of this certificate is that user; 409 where it belongs to somebody already.
   *
   * @param userId the id of the user
   */
  @POST
  @Consumes("application/json")
  @RolesAllowed(Permission.USER_WRITE)
  @AuditAction("PIN_CERTIFICATE")
  @Operation(operationId = "pinUserCertificate", summary = "Give a user a client certificate")
  public PinnedCertificateView pin(
      @PathParam("id") String userId,
      @Valid @NotNull PinCertificate wanted,
      @Context SecurityContext security) {
    PinnedCertificateView pinned =
        certificates.pin(userId, parsed(wanted.pem()), security::isUserInRole);
    trusted.renew();
    return pinned;
  }

  /**
   * {@code DELETE /users/{id}/certificates/{sha256}}: the certificate opens nothing any more.
   *
   * @param userId the id of the user
   * @param sha256 the SHA-256 of the certificate in hexadecimal
   */
  @DELETE
  @Path("{sha256}")
  @RolesAllowed(Permission.USER_WRITE)
  @AuditAction("UNPIN_CERTIFICATE")
  @Operation(operationId = "unpinUserCertificate", summary = "Take a client certificate away")
  public UnpinnedCertificate unpin(
      @PathParam("id") String userId,
      @PathParam("sha256") String sha256,
      @Context SecurityContext security) {
    UnpinnedCertificate unpinned = certificates.unpin(userId, sha256, security::isUserInRole);
    trusted.renew();
    return unpinned;
  }

  private static ClientCertificate parsed(String pem) {
    try {
      return ClientCertificate.parse(pem, Instant.now());
    } catch (IllegalArgumentException unfit) {
      throw CommonProblem.INVALID_VALUE.because(unfit.getMessage(), "pem");
    }
  }
}
