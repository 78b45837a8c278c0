package bulla.commonops.authentication;

/**
 * The permissions that the APIs ask for, by their canonical published names: the values of
 * {@code @RolesAllowed}. A caller's permissions arrive flattened: identity adds what a permission
 * implies (write implies read) and the canonical name of a published synonym before a resource sees
 * them.
 */
public final class Permission {
  public static final String POLICY_READ = "workbench_management_policy_read";
  public static final String POLICY_WRITE = "workbench_management_policy_write";
  public static final String PACKAGE_EXPORT = "workbench_deployment_immutablepackage_export";
  public static final String USER_READ = "user_manager_viewer";
  public static final String USER_WRITE = "user_manager_admin";
  public static final String ROLE_READ = "role_viewer";
  public static final String ROLE_WRITE = "role_admin";
  public static final String GROUP_READ = "group_viewer";
  public static final String GROUP_WRITE = "group_admin";
  public static final String SAML_READ = "saml_viewer";
  public static final String SAML_WRITE = "saml_admin";
  public static final String AUDIT_READ = "insight_viewer";
  public static final String AUDIT_ADMIN = "insight_admin";
  public static final String KEYRING_ADMIN = "keyring_admin";
  public static final String CREATE_TOKEN = "can_create_token";

  private Permission() {}
}
