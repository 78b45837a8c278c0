package bulla.identity.permission;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.authentication.Permission;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedPermissionTest {
  static Stream<String> askedForByTheApis() {
    return Arrays.stream(Permission.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(
            field -> {
              try {
                return (String) field.get(null);
              } catch (IllegalAccessException notPublic) {
                throw new LinkageError(notPublic.getMessage(), notPublic);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("askedForByTheApis")
  void whatTheApisAskForCanBeGranted(String permission) {
    assertThat(PublishedPermission.exists(permission)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "security_officer, workbench_management_policy_write",
    "security_officer, workbench_management_policy_read",
    "workbench_management_policy_write, workbench_management_policy_read",
    "can_fetch_package, workbench_deployment_immutablepackage_export",
    "can_export_certificates, workbench_deployment_certificate_export",
    "role_admin, role_viewer",
    "user_manager_admin, user_manager_viewer",
    "keycloak_manager, user_manager_admin",
    "keycloak_manager, role_viewer",
    "insight_admin, insight_viewer"
  })
  void aPermissionImpliesAnother(String granted, String implied) {
    assertThat(PublishedPermission.flatten(Set.of(granted))).contains(granted, implied);
  }

  @Test
  void readingDoesNotImplyWriting() {
    assertThat(
            PublishedPermission.flatten(
                List.of("keycloak_viewer", "workbench_management_policy_read", "role_viewer")))
        .noneMatch(name -> name.endsWith("_admin") || name.endsWith("_write"));
  }

  @Test
  void anUnknownNameGrantsNothing() {
    assertThat(PublishedPermission.flatten(List.of("Role_Admin", "nonsense", ""))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsImpliedExists(PublishedPermission permission) {
    assertThat(PublishedPermission.flatten(List.of(permission.publishedName())))
        .contains(permission.publishedName())
        .allMatch(PublishedPermission::exists);
  }

  @ParameterizedTest
  @EnumSource
  void aBuiltInRoleIsMadeOfPermissionsThatExist(PublishedRole role) {
    assertThat(role.permissions()).isNotEmpty().allMatch(PublishedPermission::exists);
  }

  @Test
  void theFirstAdministratorsRoleAdministersAndLogsInButHasNoPowerOverPolicies() {
    Set<String> flat =
        PublishedPermission.flatten(PublishedRole.DIRECTORY_ADMINISTRATOR.permissions());
    assertThat(flat)
        .contains(Permission.USER_WRITE, Permission.ROLE_WRITE, Permission.CREATE_TOKEN)
        .doesNotContain(Permission.POLICY_READ, Permission.POLICY_WRITE, Permission.PACKAGE_EXPORT);
  }

  @Test
  void thePublishedShapeHasAStableIdAndLeavesOutAMissingDescription() {
    PermissionView view = PermissionView.of(PublishedPermission.UMA_PROTECTION);
    assertThat(view.id()).isEqualTo(PermissionView.of(PublishedPermission.UMA_PROTECTION).id());
    assertThat(view.description()).isNull();
    assertThat(view.clientRole()).isTrue();
    assertThat(view.composite()).isFalse();
  }
}
