package bulla.identity;

import bulla.commonops.CommonProviders;
import bulla.identity.audit.AuditResource;
import bulla.identity.certificate.CertificateResource;
import bulla.identity.group.GroupResource;
import bulla.identity.keyring.KeyringResource;
import bulla.identity.metrics.MetricsResource;
import bulla.identity.permission.PermissionResource;
import bulla.identity.role.RoleResource;
import bulla.identity.saml.ProviderResource;
import bulla.identity.token.JwksResource;
import bulla.identity.token.LogoutResource;
import bulla.identity.token.TokenResource;
import bulla.identity.user.UserResource;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.servers.Server;

/**
 * The Authentication and Token Management API.
 *
 * <p>A WAR serves it with a subclass that says where.
 */
@OpenAPIDefinition(
    info = @Info(title = "Authentication and Token Management", version = "v1"),
    servers = @Server(url = "/pty/v1/auth"))
public class IdentityApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return CommonProviders.with(
        TokenResource.class,
        LogoutResource.class,
        JwksResource.class,
        UserResource.class,
        CertificateResource.class,
        RoleResource.class,
        GroupResource.class,
        ProviderResource.class,
        PermissionResource.class,
        AuditResource.class,
        KeyringResource.class,
        MetricsResource.class,
        AuthCommonOperations.class);
  }
}
