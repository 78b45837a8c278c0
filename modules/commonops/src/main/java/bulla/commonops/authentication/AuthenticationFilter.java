package bulla.commonops.authentication;

import bulla.commonops.authentication.WaysIn.Way;
import bulla.commonops.caller.Caller;
import bulla.commonops.caller.TrustedProxies;
import bulla.commonops.http.ClientCertificateAttribute;
import bulla.commonops.http.CorrelationId;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemMapper;
import bulla.commonops.startup.ApplicationStart;
import bulla.secrets.SecretBytes;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Turns the request's credentials into a {@link SecurityContext}: a bearer token (RFC 6750), HTTP
 * Basic (RFC 7617), or a TLS client certificate. A request without any, or with ones that are not
 * good, goes on as nobody, whom {@link PermissionFilter} lets through to open resources alone: only
 * there is it known which resource is meant, and an ended token must not keep its owner from
 * logging in. So does one whose credentials cannot be checked, because the database is down or the
 * like.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class AuthenticationFilter implements ContainerRequestFilter {
  /** What may be asked over plain HTTP, which listens on the loopback address: public keys. */
  private static final Set<String> PLAIN_HTTP_PATHS = Set.of("jwks");

  private static final Logger LOG = Logger.getLogger("bulla.commonops.authentication");
  private static final int RETRY_SECONDS = 5;

  /** RFC 9110, section 15.6: from here on the server is to blame, not who asks. */
  private static final int LEAST_FAULT_OF_OURS = 500;

  @Context HttpServletRequest servletRequest;

  @Inject CredentialVerifier verifier;
  @Inject Caller caller;
  @Inject ApplicationStart start;
  @Inject TrustedProxies proxies;

  @Inject
  @ConfigProperty(name = "bulla.bearer.apis", defaultValue = "auth,pim,rps")
  Set<String> bearerApis;

  @Inject
  @ConfigProperty(name = "bulla.basic.apis", defaultValue = "auth,pim,rps")
  Set<String> basicApis;

  @Inject
  @ConfigProperty(name = "bulla.certificate.apis", defaultValue = "auth,pim,rps")
  Set<String> certificateApis;

  @Override
  public void filter(ContainerRequestContext request) {
    TrustedProxies.Source source =
        proxies.source(servletRequest.getRemoteAddr(), request.getHeaders().get("X-Forwarded-For"));
    caller.arrived(
        source.address(), CorrelationId.of(request.getHeaderString(CorrelationId.HEADER)));
    if (!source.isKnown()) {
      caller.addressHidden();
    }
    if (!start.isComplete()) {
      throw CommonProblem.UNAVAILABLE.because("The server is starting").retryAfter(1);
    }
    if (!servletRequest.isSecure() && !PLAIN_HTTP_PATHS.contains(path(request))) {
      throw CommonProblem.HTTPS_REQUIRED.because(
          "Plain HTTP serves the health probes and the public keys alone; use the HTTPS port");
    }
    try {
      verified(request)
          .ifPresent(
              verified -> {
                caller.identified(verified.name());
                request.setSecurityContext(new CallerSecurityContext(verified));
              });
    } catch (Problem refused) {
      request.setProperty(PermissionFilter.REFUSED_CREDENTIALS, refused);
    } catch (RuntimeException failed) {
      Problem problem =
          ProblemMapper.foreseen(failed)
              .orElseGet(
                  () ->
                      CommonProblem.UNAVAILABLE
                          .because("The credentials cannot be checked at the moment")
                          .retryAfter(RETRY_SECONDS));
      request.setProperty(PermissionFilter.REFUSED_CREDENTIALS, problem);
      if (problem.type().status() >= LEAST_FAULT_OF_OURS) {
        LOG.log(
            Level.SEVERE,
            failed,
            () -> "Credentials cannot be checked, correlation id " + caller.correlationId());
        request.setProperty(PermissionFilter.UNCHECKED_CREDENTIALS, true);
      }
    }
  }

  private Optional<VerifiedCaller> verified(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      Optional<X509Certificate> shown = certificate();
      shown.ifPresent(certificate -> require(Way.CERTIFICATE));
      return shown.map(certificate -> verifier.verifyCertificate(certificate, caller.address()));
    }
    int space = authorization.indexOf(' ');
    String scheme = authorization.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT);
    String credentials = authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "bearer" -> {
        require(Way.BEARER);
        yield Optional.of(verifier.verifyToken(credentials));
      }
      case "basic" -> {
        require(Way.BASIC);
        yield Optional.of(basic(credentials));
      }
      default ->
          throw CommonProblem.UNAUTHENTICATED.because(
              "Authenticate with a bearer token, HTTP Basic or a client certificate");
    };
  }

  private void require(Way way) {
    new WaysIn(bearerApis, basicApis, certificateApis)
        .require(way, servletRequest.getContextPath());
  }

  private VerifiedCaller basic(String credentials) {
    byte[] decoded = decode(credentials);
    try {
      int colon = indexOfColon(decoded);
      String name = new String(decoded, 0, colon, StandardCharsets.UTF_8);
      try (var password =
          SecretBytes.takeFrom(Arrays.copyOfRange(decoded, colon + 1, decoded.length))) {
        return verifier.verifyPassword(name, password, caller.address());
      }
    } finally {
      Arrays.fill(decoded, (byte) 0);
    }
  }

  private static byte[] decode(String credentials) {
    try {
      return Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException notBase64) {
      throw CommonProblem.UNAUTHENTICATED.because(
          "The Basic credentials are not valid Base64 (RFC 7617)");
    }
  }

  private static int indexOfColon(byte[] decoded) {
    for (int i = 0; i < decoded.length; i++) {
      if (decoded[i] == ':') {
        return i;
      }
    }
    throw CommonProblem.UNAUTHENTICATED.because(
        "The Basic credentials have no colon between name and password (RFC 7617)");
  }

  private Optional<X509Certificate> certificate() {
    return servletRequest.getAttribute(ClientCertificateAttribute.NAME)
                instanceof X509Certificate[] chain
            && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }

  private static String path(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private record CallerSecurityContext(VerifiedCaller caller) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller::name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.permissions().contains(role);
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public String getAuthenticationScheme() {
      return "BULLA";
    }
  }
}
