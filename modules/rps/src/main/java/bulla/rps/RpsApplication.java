package bulla.rps;

import bulla.commonops.CommonProviders;
import bulla.rps.export.ExportResource;
import bulla.rps.signingkey.JwksResource;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** All that {@code /pty/v1/rps} serves; the WAR has a subclass that says where. */
public class RpsApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return CommonProviders.with(
        RpsCommonOperations.class, ExportResource.class, JwksResource.class);
  }
}
