package bulla.pim;

import bulla.commonops.CommonProviders;
import bulla.pim.access.AccessResource;
import bulla.pim.alphabet.AlphabetResource;
import bulla.pim.application.ApplicationResource;
import bulla.pim.dataelement.DataElementResource;
import bulla.pim.dataelement.ElementKeyResource;
import bulla.pim.datastore.DataStoreResource;
import bulla.pim.datastore.ExportKeyResource;
import bulla.pim.datastore.RangeResource;
import bulla.pim.deployment.DeployResource;
import bulla.pim.deployment.ElementKeyStateResource;
import bulla.pim.deployment.RoleSyncResource;
import bulla.pim.deployment.StoreDeployResource;
import bulla.pim.initialization.InitializationFilter;
import bulla.pim.initialization.InitializationResource;
import bulla.pim.mask.MaskResource;
import bulla.pim.node.NodeResource;
import bulla.pim.policy.PolicyResource;
import bulla.pim.policy.RuleResource;
import bulla.pim.role.MemberResource;
import bulla.pim.role.RoleResource;
import bulla.pim.source.SourceResource;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.servers.Server;

/**
 * All that {@code /pty/v2/pim} serves.
 *
 * <p>A WAR serves it with a subclass that says where.
 */
@OpenAPIDefinition(
    info = @Info(title = "Policy Management", version = "v2"),
    servers = @Server(url = "/pty/v2/pim"))
public class PimApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return CommonProviders.with(
        InitializationFilter.class,
        PimCommonOperations.class,
        InitializationResource.class,
        SourceResource.class,
        RoleResource.class,
        MemberResource.class,
        AlphabetResource.class,
        MaskResource.class,
        DataElementResource.class,
        ElementKeyResource.class,
        PolicyResource.class,
        RuleResource.class,
        DataStoreResource.class,
        ExportKeyResource.class,
        RangeResource.class,
        ApplicationResource.class,
        NodeResource.class,
        AccessResource.class,
        RoleSyncResource.class,
        ElementKeyStateResource.class,
        DeployResource.class,
        StoreDeployResource.class);
  }
}
