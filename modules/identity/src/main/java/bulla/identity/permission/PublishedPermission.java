package bulla.identity.permission;

import bulla.commonops.authentication.Permission;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The permissions of all published editions. They are fixed: roles are made of them, and nobody
 * makes new ones. Several editions have names of their own for the same thing; each such name
 * implies the canonical one that the APIs ask for, and whatever lets one write lets one read.
 */
public enum PublishedPermission {
  // Policy management and deployment.
  WORKBENCH_MANAGEMENT_POLICY_READ(Permission.POLICY_READ, "Can read policies"),
  WORKBENCH_MANAGEMENT_POLICY_WRITE(
      Permission.POLICY_WRITE, "Can change policies", Permission.POLICY_READ),
  WORKBENCH_DEPLOYMENT_IMMUTABLEPACKAGE_EXPORT(
      Permission.PACKAGE_EXPORT, "Can export resilient packages"),
  WORKBENCH_DEPLOYMENT_CERTIFICATE_EXPORT(
      "workbench_deployment_certificate_export", "Can export protector certificates"),
  SECURITY_OFFICER("security_officer", "Security Officer", Permission.POLICY_WRITE),
  CAN_FETCH_PACKAGE(
      "can_fetch_package", "Can download resilient packages", Permission.PACKAGE_EXPORT),
  CAN_EXPORT_CERTIFICATES(
      "can_export_certificates",
      "Can download protector certificates",
      "workbench_deployment_certificate_export"),
  WORKBENCH_POLICY_VIEW("workbench_policy_view", "Can read policies", Permission.POLICY_READ),
  WORKBENCH_POLICY_MANAGE(
      "workbench_policy_manage", "Can change policies", Permission.POLICY_WRITE),
  WORKBENCH_PACKAGE_EXPORT_ENCRYPTED(
      "workbench_package_export_encrypted",
      "Can export resilient packages",
      Permission.PACKAGE_EXPORT),

  // Users, roles, groups, single sign-on.
  USER_MANAGER_VIEWER(Permission.USER_READ, "Can read users"),
  USER_MANAGER_ADMIN(Permission.USER_WRITE, "Can change users", Permission.USER_READ),
  ROLE_VIEWER(Permission.ROLE_READ, "Can read roles and permissions"),
  ROLE_ADMIN(Permission.ROLE_WRITE, "Can change roles", Permission.ROLE_READ),
  GROUP_VIEWER(Permission.GROUP_READ, "Can read groups"),
  GROUP_ADMIN(Permission.GROUP_WRITE, "Can change groups", Permission.GROUP_READ),
  SAML_VIEWER(Permission.SAML_READ, "Can read SAML providers"),
  SAML_ADMIN(Permission.SAML_WRITE, "Can change SAML providers", Permission.SAML_READ),
  PASSWORD_POLICY_VIEWER("password_policy_viewer", "Can read the password policy"),
  PASSWORD_POLICY_ADMIN(
      "password_policy_admin", "Can change the password policy", "password_policy_viewer"),
  KEYCLOAK_VIEWER(
      "keycloak_viewer",
      "Keycloak Viewer",
      Permission.USER_READ,
      Permission.ROLE_READ,
      Permission.GROUP_READ,
      Permission.SAML_READ,
      "password_policy_viewer"),
  KEYCLOAK_MANAGER(
      "keycloak_manager",
      "Keycloak Manager",
      "keycloak_viewer",
      Permission.USER_WRITE,
      Permission.ROLE_WRITE,
      Permission.GROUP_WRITE,
      Permission.SAML_WRITE,
      "password_policy_admin"),
  // Not published: no edition lets its keys be rotated over REST.
  KEYRING_ADMIN(Permission.KEYRING_ADMIN, "Can rotate and move the keys of the server"),
  CAN_CREATE_TOKEN(Permission.CREATE_TOKEN, "Can Create JWT Token"),

  // Insight, web and command line.
  INSIGHT_VIEWER("insight_viewer", "Can read the audit journal"),
  INSIGHT_ADMIN("insight_admin", "Can verify and export the audit journal", "insight_viewer"),
  NFA_INSIGHT("nfa_insight", "Access to Insights and Insight Dashboard", "insight_viewer"),
  ECLIPSE_INSIGHT("eclipse_insight", "Access to Insights and Insight Dashboard", "insight_viewer"),
  WEB_VIEWER("web_viewer", "Appliance web viewer"),
  WEB_ADMIN("web_admin", "Appliance web manager", "web_viewer"),
  CAN_LOGIN_WEB("can_login_web", "Web Login Permission"),
  CLI_ACCESS("cli_access", "Command Line Access"),
  CLI_ADMIN("cli_admin", "Command Line Admin", "cli_access"),
  SHELL_ACCOUNTS("Shell_Accounts", "Accounts that have cli access", "cli_access"),

  // Protectors.
  CAN_ACCESS_AP("can_access_ap", "Permission to access application"),
  CAN_PROXY_AP("can_proxy_ap", "Proxy for a an application"),
  UMA_PROTECTION("uma_protection", null);

  private static final Map<String, PublishedPermission> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  PublishedPermission::publishedName, Function.identity()));

  private final String publishedName;
  private final String description;

  // List.of is immutable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> implied;

  PublishedPermission(String publishedName, String description, String... implied) {
    this.publishedName = publishedName;
    this.description = description;
    this.implied = List.of(implied);
  }

  /** The name as it is published; letter case matters. */
  public String publishedName() {
    return publishedName;
  }

  /** What it allows; one permission is published without a description. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Whether there is a permission of this name. */
  public static boolean exists(String name) {
    return BY_NAME.containsKey(name);
  }

  /**
   * {@code granted} and all that follows from it, in alphabetical order: what {@code @RolesAllowed}
   * is checked against. Unknown names, left behind by another version, grant nothing.
   */
  public static Set<String> flatten(Collection<String> granted) {
    var flat = new TreeSet<String>();
    var toVisit = new ArrayDeque<>(granted);
    while (!toVisit.isEmpty()) {
      PublishedPermission permission = BY_NAME.get(toVisit.pop());
      if (permission != null && flat.add(permission.publishedName)) {
        toVisit.addAll(permission.implied);
      }
    }
    return flat;
  }
}
