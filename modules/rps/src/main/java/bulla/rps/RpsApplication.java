package bulla.rps;

import bulla.commonops.CommonProviders;
import bulla.rps.export.ExportResource;
import bulla.rps.signingkey.JwksResource;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.servers.Server;

/**
 * All that {@code /pty/v1/rps} serves.
 *
 * <p>A WAR serves it with a subclass that says where.
 */
@OpenAPIDefinition(
    info = @Info(title = "Encrypted Resilient Package", version = "v1"),
    servers = @Server(url = "/pty/v1/rps"))
public class RpsApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return CommonProviders.with(
        RpsCommonOperations.class, ExportResource.class, JwksResource.class);
  }
}
