package bulla.identity.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.http.Page;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.StoredRoles;
import bulla.identity.user.Account;
import bulla.identity.user.Authority;
import bulla.identity.user.StoredUsers;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupServiceTest {
  private final IdentityDatabase database = new IdentityDatabase();
  private final RecordedJournal journal = new RecordedJournal();
  private String admin;
  private String alpha;
  private String beta;

  @BeforeEach
  void createUsers() {
    database.transaction(
        entityManager -> {
          StoredRoles.install(entityManager);
          admin = user(entityManager, "admin", "directory_administrator");
          alpha = user(entityManager, "Alpha", "policy_user");
          beta = user(entityManager, "beta", "policy_user");
          return admin;
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aGroupComesBackAsItWasCreated() {
    GroupCreated created =
        create(
            "Developers",
            List.of("BETA", "alpha", "beta"),
            List.of("workbench_viewer", "policy_user"));
    assertThat(created)
        .isEqualTo(new GroupCreated(created.groupId(), "Developers", "created", 2, 2));
    assertThat(get(created.groupId()).view())
        .isEqualTo(
            new GroupView(
                created.groupId(),
                "Developers",
                "",
                List.of("Alpha", "beta"),
                List.of("policy_user", "workbench_viewer")));
    assertThat(journal.events().get(journal.events().size() - 1).detail())
        .isEqualTo("Developers, roles policy_user, workbench_viewer, 2 members: Alpha, beta");
  }

  @Test
  void aMemberHasTheRolesOfItsGroups() {
    create("one", List.of("alpha"), List.of("workbench_viewer"));
    create("two", List.of("alpha"), List.of("security_viewer"));
    assertThat(account(alpha).roles())
        .containsExactlyInAnyOrder("policy_user", "workbench_viewer", "security_viewer");
    assertThat(account(alpha).permissions())
        .contains("can_access_ap", "workbench_management_policy_read", "user_manager_viewer");
    assertThat(account(beta).roles()).containsExactly("policy_user");
  }

  @Test
  void whoActsForAUserNeedsWhatItsGroupsGiveItToo() {
    create("one", List.of("alpha"), List.of("workbench_viewer"));
    Predicate<String> clerk = Set.of("user_manager_admin", "can_access_ap")::contains;
    requireOver(beta, clerk);
    refused(IdentityProblem.BEYOND_OWN_PERMISSIONS, () -> requireOver(alpha, clerk));
  }

  private void requireOver(String user, Predicate<String> callerHas) {
    database.transaction(
        entityManager -> {
          StoredUsers.oversight(entityManager, journal.forChanges()).requireOver(user, callerHas);
          return user;
        });
  }

  @Test
  void aListIsPagedInTheOrderOfNames() {
    create("delta", List.of("alpha"), List.of("policy_user"));
    create("Bravo", List.of("alpha", "beta"), List.of());
    create("charlie", List.of(), List.of("workbench_viewer"));
    var page = service(groups -> groups.list(Page.of("0", "2")));
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.views()).extracting(GroupView::name).containsExactly("Bravo", "charlie");
    assertThat(page.views().get(0).members()).containsExactly("Alpha", "beta");
    assertThat(page.views().get(0).roles()).isEmpty();
    assertThat(page.views().get(1).roles()).containsExactly("workbench_viewer");
  }

  @Test
  void whatAChangeDoesNotMentionStays() {
    String id = create("g", List.of("alpha"), List.of("policy_user")).groupId();
    assertThat(update(id, null, null, StoredGroups.everything()))
        .isEqualTo(new GroupUpdated("updated", id, 1, 1));
    assertThat(update(id, List.of("beta"), null, StoredGroups.everything()))
        .isEqualTo(new GroupUpdated("updated", id, 1, 1));
    assertThat(get(id).view().members()).containsExactly("beta");
    assertThat(update(id, null, List.of(), StoredGroups.everything()))
        .isEqualTo(new GroupUpdated("updated", id, 1, 0));
    assertThat(get(id).view().members()).containsExactly("beta");
    assertThat(get(id).view().roles()).isEmpty();
  }

  @Test
  void aChangeIsInTheJournalWithWhatItOverwrote() {
    String id = create("g", List.of("alpha"), List.of("policy_user")).groupId();
    update(id, List.of("beta"), List.of(), StoredGroups.everything());
    service(groups -> groups.delete(id, StoredGroups.everything(), version -> {}));
    assertThat(journal.events())
        .extracting(event -> event.detail())
        .endsWith(
            "g, roles none, 1 members; before: g, roles policy_user, 1 members; members added:"
                + " beta; members removed: Alpha",
            "before: g, roles none, 1 members: beta");
  }

  @Test
  void whoeverCannotGiveARoleCannotTakeItAwayEither() {
    String id = create("g", List.of("alpha"), List.of("workbench_viewer")).groupId();
    Authority clerk = StoredUsers.authority("group_admin");
    for (ThrowingCallable taking :
        List.<ThrowingCallable>of(
            () -> update(id, List.of(), null, clerk),
            () -> update(id, null, List.of(), clerk),
            () -> service(groups -> groups.delete(id, clerk, version -> {})))) {
      refused(IdentityProblem.BEYOND_OWN_PERMISSIONS, taking);
    }
    assertThat(get(id).view().members()).containsExactly("Alpha");
    assertThat(get(id).view().roles()).containsExactly("workbench_viewer");
  }

  @Test
  void anIdWithBlanksBehindItIsNoGroups() {
    String id = create("g", List.of(), List.of()).groupId();
    refused(IdentityProblem.GROUP_NOT_FOUND, () -> get(id + " "));
    refused(
        IdentityProblem.GROUP_NOT_FOUND,
        () -> update(id + " ", List.of(), null, StoredGroups.everything()));
  }

  @Test
  void whoeverComesOrLeavesLosesItsTokens() {
    String id = create("g", List.of(), List.of("workbench_viewer")).groupId();
    assertThat(account(alpha).tokenGeneration()).isZero();
    update(id, List.of("alpha"), null, StoredGroups.everything());
    assertThat(account(alpha).tokenGeneration()).isEqualTo(1);
    update(id, List.of("alpha", "beta"), null, StoredGroups.everything());
    assertThat(account(alpha).tokenGeneration()).as("it stays").isEqualTo(1);
    assertThat(account(beta).tokenGeneration()).isEqualTo(1);
    update(id, List.of("beta"), null, StoredGroups.everything());
    assertThat(account(alpha).tokenGeneration()).isEqualTo(2);
    assertThat(account(alpha).roles()).containsExactly("policy_user");
    assertThat(account(beta).tokenGeneration()).isEqualTo(1);
    update(id, null, List.of("security_viewer"), StoredGroups.everything());
    assertThat(account(beta).tokenGeneration()).as("other roles").isEqualTo(2);
    service(groups -> groups.delete(id, StoredGroups.everything(), version -> {}));
    assertThat(account(beta).tokenGeneration()).as("the group is gone").isEqualTo(3);
    assertThat(account(beta).roles()).containsExactly("policy_user");
    assertThat(account(admin).tokenGeneration()).isZero();
  }

  @Test
  void aGroupThatGivesNoRolesEndsNoTokens() {
    String id = create("mail", List.of("alpha"), List.of()).groupId();
    update(id, List.of("alpha", "beta"), null, StoredGroups.everything());
    update(id, List.of("beta"), List.of(), StoredGroups.everything());
    service(groups -> groups.delete(id, StoredGroups.everything(), version -> {}));
    assertThat(account(alpha).tokenGeneration()).isZero();
    assertThat(account(beta).tokenGeneration()).isZero();
  }

  @Test
  void otherPermissionsOfAGroupsRoleEndTheTokensOfItsMembers() {
    create("g", List.of("alpha"), List.of("workbench_viewer"));
    long before = account(alpha).tokenGeneration();
    database.transaction(
        entityManager -> {
          String role =
              StoredRoles.of(entityManager).named(List.of("workbench_viewer")).get(0).id();
          StoredUsers.holders(entityManager).permissionsChanged(role);
          assertThat(StoredUsers.holders(entityManager).namesOf(role, 5))
              .containsExactly("the group g");
          return role;
        });
    assertThat(account(alpha).tokenGeneration()).isEqualTo(before + 1);
    assertThat(account(beta).tokenGeneration()).isZero();
  }

  @Test
  void everyChangeRaisesTheVersion() {
    String id = create("g", List.of(), List.of()).groupId();
    long created = get(id).version();
    update(id, List.of("alpha"), null, StoredGroups.everything());
    long members = get(id).version();
    assertThat(members).isGreaterThan(created);
    update(id, null, List.of("policy_user"), StoredGroups.everything());
    assertThat(get(id).version()).isGreaterThan(members);
  }

  @Test
  void aStaleChangeIsRefusedAndChangesNothing() {
    String id = create("g", List.of("alpha"), List.of("policy_user")).groupId();
    refused(
        CommonProblem.PRECONDITION_FAILED,
        () ->
            service(
                groups ->
                    groups.update(
                        new UpdateGroup(id, List.of(), List.of()),
                        StoredGroups.everything(),
                        GroupServiceTest::stale)));
    refused(
        CommonProblem.PRECONDITION_FAILED,
        () ->
            service(
                groups -> groups.delete(id, StoredGroups.everything(), GroupServiceTest::stale)));
    assertThat(get(id).view().members()).containsExactly("Alpha");
    assertThat(get(id).view().roles()).containsExactly("policy_user");
  }

  @Test
  void nobodyHandsOutMoreThanItHas() {
    Authority clerk = StoredUsers.authority("group_admin", "can_access_ap");
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () ->
            service(
                groups ->
                    groups.create(
                        new CreateGroup(
                            new GroupName("g"), null, null, List.of("directory_administrator")),
                        clerk)));
    String plain = create("plain", List.of("alpha"), List.of("policy_user")).groupId();
    update(plain, List.of("alpha", "beta"), List.of("policy_user"), clerk);
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () -> update(plain, null, List.of("security_admin"), clerk));
    String strong = create("strong", List.of("alpha"), List.of("security_admin")).groupId();
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () -> update(strong, List.of("alpha", "beta"), null, clerk));
    refused(IdentityProblem.BEYOND_OWN_PERMISSIONS, () -> update(strong, List.of(), null, clerk));
    update(strong, null, List.of("policy_user"), StoredUsers.authority("role_admin"));
  }

  @Test
  void nobodyEndsTheSessionsOfWhoeverHasMore() {
    Authority clerk = StoredUsers.authority("group_admin", "can_access_ap");
    String stronger = create("stronger", List.of("beta"), List.of("workbench_viewer")).groupId();
    String plain = create("plain", List.of("beta"), List.of("policy_user")).groupId();
    List<String> weak = List.of("policy_user");
    for (ThrowingCallable change :
        List.<ThrowingCallable>of(
            () -> service(groups -> groups.create(group("a", List.of("admin"), weak), clerk)),
            () -> service(groups -> groups.create(group("b", List.of("beta"), weak), clerk)),
            () -> update(plain, List.of("beta", "admin"), null, clerk),
            () -> update(plain, List.of(), null, clerk),
            () -> update(plain, null, List.of(), clerk),
            () -> service(groups -> groups.delete(plain, clerk, version -> {})))) {
      refused(IdentityProblem.BEYOND_OWN_PERMISSIONS, change);
    }
    assertThat(account(admin).tokenGeneration()).isZero();
    assertThat(account(beta).tokenGeneration()).isEqualTo(2);
    service(groups -> groups.create(group("mail", List.of("admin"), List.of()), clerk));
    update(plain, List.of("alpha", "beta"), null, clerk);
    update(stronger, List.of(), null, StoredGroups.everything());
    update(plain, List.of("alpha"), null, clerk);
  }

  private static CreateGroup group(String name, List<String> members, List<String> roles) {
    return new CreateGroup(new GroupName(name), "", members, roles);
  }

  @Test
  void whatTheBodyNamesMustExist() {
    assertThatThrownBy(() -> create("g", List.of("alpha", "nobody"), List.of()))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.UNKNOWN_USER);
              assertThat(problem.member()).contains("members[1]");
            });
    refused(IdentityProblem.UNKNOWN_USER, () -> create("g", List.of("a:b"), List.of()));
    refused(IdentityProblem.UNKNOWN_ROLE, () -> create("g", List.of(), List.of("nothing")));
    refused(IdentityProblem.GROUP_NOT_FOUND, () -> get("../x"));
    refused(
        IdentityProblem.GROUP_NOT_FOUND,
        () -> update("nothing", null, null, StoredGroups.everything()));
    assertThat(service(groups -> groups.list(Page.of(null, null))).total()).isZero();
  }

  @Test
  void aNameIsGivenOnceWhateverItsCase() {
    create("Developers", List.of(), List.of());
    refused(IdentityProblem.GROUP_EXISTS, () -> create("developerS", List.of(), List.of()));
  }

  @Test
  void theLastAdministratorMayBeOneByItsGroup() {
    String id = create("admins", List.of("alpha"), List.of("directory_admin")).groupId();
    database.transaction(
        entityManager -> {
          StoredUsers.delete(entityManager, journal.forChanges(), admin);
          return admin;
        });
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> update(id, List.of(), null, StoredGroups.everything()));
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> update(id, null, List.of("policy_user"), StoredGroups.everything()));
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> service(groups -> groups.delete(id, StoredGroups.everything(), version -> {})));
    update(id, List.of("alpha", "beta"), null, StoredGroups.everything());
    update(id, List.of("beta"), null, StoredGroups.everything());
    assertThat(account(beta).roles()).contains("directory_admin");
  }

  @Test
  void twoHalvesMakeAnAdministrator() {
    database.transaction(
        entityManager -> {
          StoredRoles.create(
              entityManager, journal.forChanges(), "users only", "user_manager_admin");
          StoredRoles.create(entityManager, journal.forChanges(), "roles only", "role_admin");
          return admin;
        });
    create("one", List.of("alpha"), List.of("users only"));
    String two = create("two", List.of("alpha"), List.of("roles only")).groupId();
    database.transaction(
        entityManager -> {
          StoredUsers.delete(entityManager, journal.forChanges(), admin);
          return admin;
        });
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> service(groups -> groups.delete(two, StoredGroups.everything(), version -> {})));
  }

  private static String user(
      jakarta.persistence.EntityManager entityManager, String name, String role) {
    return StoredUsers.create(entityManager, new RecordedJournal().forChanges(), name, null, role);
  }

  private GroupCreated create(String name, List<String> members, List<String> roles) {
    return service(
        groups ->
            groups.create(
                new CreateGroup(new GroupName(name), "", members, roles),
                StoredGroups.everything()));
  }

  private GroupUpdated update(
      String id, List<String> members, List<String> roles, Authority authority) {
    return service(
        groups -> groups.update(new UpdateGroup(id, members, roles), authority, version -> {}));
  }

  private GroupService.Versioned get(String id) {
    return service(groups -> groups.get(id));
  }

  private Account account(String id) {
    return database
        .transaction(
            entityManager -> StoredUsers.accounts(entityManager, journal.forChanges()).withId(id))
        .orElseThrow();
  }

  private <T> T service(Function<GroupService, T> work) {
    return database.transaction(
        entityManager -> work.apply(StoredGroups.service(entityManager, journal.forChanges())));
  }

  private static void stale(long version) {
    throw CommonProblem.PRECONDITION_FAILED.because("Read it again");
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
