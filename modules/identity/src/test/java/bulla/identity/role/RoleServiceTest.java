package bulla.identity.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.ObjectStates;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.user.StoredUsers;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleServiceTest {
  private static final RoleName EXPORTER = new RoleName("Exporter");

  private final IdentityDatabase database = new IdentityDatabase();
  private final RecordedJournal journal = new RecordedJournal();

  @BeforeEach
  void createAdmin() {
    database.transaction(
        entityManager -> {
          StoredRoles.install(entityManager);
          return user(entityManager, "admin", "directory_administrator");
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRoleIsCreatedChangedAndDeleted() {
    assertThat(create(exporter("can_fetch_package", "can_create_token")))
        .isEqualTo(new RoleChanged("Exporter", "created"));
    RoleService.Versioned first = service(roles -> roles.get(EXPORTER));
    assertThat(first.view())
        .isEqualTo(
            new RoleView(
                "Exporter", "Exports", true, List.of("can_create_token", "can_fetch_package")));
    assertThat(update(new WriteRole(EXPORTER, null, List.of("can_create_token"))))
        .isEqualTo(new RoleChanged("Exporter", "updated"));
    RoleService.Versioned second = service(roles -> roles.get(new RoleName("exporter")));
    assertThat(second.version()).isGreaterThan(first.version());
    assertThat(second.view().description()).isEqualTo("Exports");
    assertThat(second.view().permissions()).containsExactly("can_create_token");
    assertThat(delete(EXPORTER)).isEqualTo(new RoleChanged("Exporter", "deleted"));
    refused(IdentityProblem.ROLE_NOT_FOUND, () -> service(roles -> roles.get(EXPORTER)));
    assertThat(journal.actions()).endsWith("CREATE", "UPDATE", "DELETE");
    String one =
        "{\"name\":\"Exporter\",\"description\":\"Exports\",\"composite\":true,"
            + "\"permissions\":[\"can_create_token\",\"can_fetch_package\"]}";
    String other = one.replace(",\"can_fetch_package\"", "");
    assertThat(journal.states())
        .endsWith(
            new ObjectStates(null, one),
            new ObjectStates(one, other),
            new ObjectStates(other, null));
    assertThat(journal.events())
        .extracting(event -> event.detail())
        .endsWith(
            "permissions can_create_token, can_fetch_package, description Exports",
            "permissions can_create_token, description Exports; before: permissions"
                + " can_create_token, can_fetch_package, description Exports",
            "before: permissions can_create_token, description Exports");
    create(exporter("can_fetch_package", "can_create_token"));
    assertThat(service(roles -> roles.get(EXPORTER)).version())
        .as("that of a role made again is not the one that was read")
        .isNotIn(first.version(), second.version());
  }

  @Test
  void aRoleMadeAnewUnderANameHasAnotherVersion() {
    create(exporter("can_create_token"));
    long before = service(roles -> roles.get(EXPORTER)).version();
    update(exporter("cli_access"));
    assertThat(service(roles -> roles.get(EXPORTER)).version()).isEqualTo(before + 1);
    delete(EXPORTER);
    create(exporter("security_officer"));
    assertThat(service(roles -> roles.get(EXPORTER)).version()).isPositive().isNotEqualTo(before);
  }

  @Test
  void aNameIsGivenOnceWhateverItsCase() {
    service(roles -> roles.create(exporter("can_create_token")));
    refused(
        IdentityProblem.ROLE_EXISTS,
        () ->
            service(
                roles -> roles.create(new WriteRole(new RoleName("EXPORTER"), null, List.of()))));
    refused(
        IdentityProblem.ROLE_EXISTS,
        () ->
            service(
                roles ->
                    roles.create(new WriteRole(new RoleName("Policy_User"), null, List.of()))));
  }

  @Test
  void anUnknownPermissionIsNamed() {
    assertThatThrownBy(
            () -> service(roles -> roles.create(exporter("can_create_token", "Can_Create_Token"))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.UNKNOWN_PERMISSION);
              assertThat(problem.member()).contains("permissions[1]");
              assertThat(problem.detail()).contains("\"Can_Create_Token\"");
            });
  }

  @Test
  void aBuiltInRoleStaysAsItIs() {
    var builtIn = new RoleName("policy_user");
    refused(
        IdentityProblem.ROLE_BUILT_IN,
        () -> update(new WriteRole(builtIn, null, List.of("role_admin"))));
    refused(
        IdentityProblem.ROLE_BUILT_IN,
        () -> service(roles -> roles.delete(builtIn, RoleServiceTest::anyVersion)));
    assertThat(service(roles -> roles.get(builtIn)).view())
        .isEqualTo(new RoleView("policy_user", "Policy User", true, List.of("can_access_ap")));
  }

  @Test
  void aRoleInUseNamesWhoUsesIt() {
    service(roles -> roles.create(exporter("can_create_token")));
    database.transaction(entityManager -> user(entityManager, "Zoe", "Exporter"));
    assertThatThrownBy(() -> service(roles -> roles.delete(EXPORTER, RoleServiceTest::anyVersion)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.ROLE_IN_USE);
              assertThat(problem.detail()).contains("Zoe");
            });
  }

  @Test
  void otherPermissionsEndTheTokensOfThoseWhoHaveTheRole() {
    service(roles -> roles.create(exporter("can_create_token")));
    String zoe = database.transaction(entityManager -> user(entityManager, "Zoe", "Exporter"));
    update(new WriteRole(EXPORTER, "Another description", List.of("can_create_token")));
    assertThat(accepts(zoe, 0)).isTrue();
    update(new WriteRole(EXPORTER, null, List.of("can_create_token", "cli_access")));
    assertThat(accepts(zoe, 0)).isFalse();
    assertThat(accepts(zoe, 1)).isTrue();
  }

  @Test
  void aRoleChangeCannotLeaveNobodyToAdminister() {
    var keeper = new RoleName("keeper");
    service(
        roles ->
            roles.create(new WriteRole(keeper, null, List.of("role_admin", "user_manager_admin"))));
    database.transaction(
        entityManager -> {
          user(entityManager, "keeper", "keeper");
          entityManager
              .createNativeQuery("update identity_user set enabled = false where name = 'admin'")
              .executeUpdate();
          return null;
        });
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> update(new WriteRole(keeper, null, List.of("role_admin"))));
    assertThat(service(roles -> roles.get(keeper)).view().permissions()).hasSize(2);
  }

  @Test
  void theListHasAllBuiltInRolesInTheOrderOfTheirNames() {
    assertThat(service(RoleService::list))
        .extracting(RoleView::name)
        .isSorted()
        .contains("directory_admin", "security_viewer", "workbench_administrator")
        .hasSize(11);
  }

  private static WriteRole exporter(String... permissions) {
    return new WriteRole(EXPORTER, "Exports", List.of(permissions));
  }

  private RoleChanged create(WriteRole wanted) {
    return service(roles -> roles.create(wanted));
  }

  private RoleChanged delete(RoleName name) {
    return service(roles -> roles.delete(name, RoleServiceTest::anyVersion));
  }

  private RoleChanged update(WriteRole wanted) {
    return service(roles -> roles.update(wanted, RoleServiceTest::anyVersion));
  }

  private String user(jakarta.persistence.EntityManager entityManager, String name, String role) {
    return StoredUsers.create(entityManager, journal.forChanges(), name, null, role);
  }

  private boolean accepts(String id, long generation) {
    return database.transaction(
        entityManager ->
            StoredUsers.accounts(entityManager, journal.forChanges()).accepts(id, generation));
  }

  private <T> T service(Function<RoleService, T> work) {
    return database.transaction(
        entityManager ->
            work.apply(
                new RoleService(
                    StoredRoles.repository(entityManager),
                    StoredUsers.holders(entityManager),
                    StoredRoles.of(entityManager),
                    journal.forChanges())));
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private static void anyVersion(long version) {}
}
