package bulla.identity.permission;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The built-in roles: for each published name, the union of the permissions that the editions
 * publish for it.
 */
public enum PublishedRole {
  DIRECTORY_ADMIN("directory_admin", "Directory Administrator", "keycloak_manager"),
  DIRECTORY_ADMINISTRATOR(
      "directory_administrator",
      "Directory Administrator",
      "saml_admin",
      "role_admin",
      "user_manager_admin",
      "can_create_token",
      "password_policy_admin",
      "group_admin"),
  DIRECTORY_VIEWER(
      "directory_viewer",
      "Directory Viewer",
      "saml_viewer",
      "password_policy_viewer",
      "user_manager_viewer",
      "role_viewer",
      "group_viewer"),
  SECURITY_ADMIN(
      "security_admin",
      "Security Administrator",
      "cli_admin",
      "can_create_token",
      "web_admin",
      "keycloak_manager",
      "security_officer",
      "eclipse_insight",
      "can_fetch_package",
      "can_export_certificates"),
  SECURITY_ADMINISTRATOR(
      "security_administrator",
      "Security Administrator",
      "can_fetch_package",
      "role_admin",
      "web_admin",
      "cli_access",
      "saml_admin",
      "can_export_certificates",
      "user_manager_admin",
      "can_create_token",
      "password_policy_admin",
      "group_admin",
      "insight_admin",
      "keyring_admin"),
  SECURITY_VIEWER(
      "security_viewer",
      "Security Administrator Viewer",
      "keycloak_viewer",
      "can_login_web",
      "saml_viewer",
      "password_policy_viewer",
      "user_manager_viewer",
      "role_viewer",
      "group_viewer",
      "insight_viewer",
      "workbench_management_policy_read"),
  POLICY_PROXY_USER("policy_proxy_user", "Policy Proxy User", "can_proxy_ap"),
  POLICY_USER("policy_user", "Policy User", "can_access_ap"),
  WORKBENCH_ADMINISTRATOR(
      "workbench_administrator",
      "Workbench Administrator",
      "workbench_management_policy_write",
      "workbench_management_policy_read",
      "workbench_deployment_immutablepackage_export",
      "workbench_deployment_certificate_export",
      "cli_access",
      "can_create_token"),
  WORKBENCH_VIEWER("workbench_viewer", "Workbench Viewer", "workbench_management_policy_read"),
  WORKBENCH_DEPLOYMENT_ADMINISTRATOR(
      "workbench_deployment_administrator",
      "Workbench Deployment Administrator",
      "workbench_deployment_immutablepackage_export",
      "workbench_deployment_certificate_export");

  private static final Map<String, PublishedRole> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(PublishedRole::publishedName, Function.identity()));

  private final String publishedName;
  private final String description;

  // List.of is immutable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> permissions;

  PublishedRole(String publishedName, String description, String... permissions) {
    this.publishedName = publishedName;
    this.description = description;
    this.permissions = List.of(permissions);
  }

  /** The name as it is published. */
  public String publishedName() {
    return publishedName;
  }

  /** What the role is for. */
  public String description() {
    return description;
  }

  /** The published permissions, without what follows from them. */
  public List<String> permissions() {
    return permissions;
  }

  /** The role of this published name. */
  public static Optional<PublishedRole> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
