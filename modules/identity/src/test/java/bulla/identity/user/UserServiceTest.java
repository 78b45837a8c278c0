package bulla.identity.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.authentication.Permission;
import bulla.commonops.http.Page;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.commonops.problem.ProblemType;
import bulla.commonops.problem.SqlViolation;
import bulla.identity.IdentityDatabase;
import bulla.identity.RecordedJournal;
import bulla.identity.password.FastHashing;
import bulla.identity.password.NewPassword;
import bulla.identity.password.PasswordHash;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.StoredRoles;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserServiceTest {
  private final IdentityDatabase database = new IdentityDatabase();
  private final RecordedJournal journal = new RecordedJournal();
  private String admin;

  @BeforeEach
  void createAdmin() {
    admin =
        database.transaction(
            entityManager -> {
              StoredRoles.install(entityManager);
              StoredRoles.install(entityManager);
              return StoredUsers.create(
                  entityManager, journal.forChanges(), "admin", null, "directory_administrator");
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNumberOfUsersIsKeptWithThem() {
    var all = Page.of(null, "1000");
    for (int i = 0; i < 40; i++) {
      create("user" + i, Authority.SERVER, "security_viewer");
    }
    service(
        users ->
            users.delete(
                users.list(UserSearch.of("user7", null), all).entries().get(0).id(),
                Authority.SERVER,
                version -> {}));
    assertThatThrownBy(() -> create("user8", Authority.SERVER, "security_viewer"))
        .isInstanceOf(Problem.class);
    UserService.Listing listing = service(users -> users.list(UserSearch.ALL, all));
    assertThat(listing.total()).isEqualTo(listing.entries().size()).isEqualTo(40);
  }

  @Test
  void whoeverWaitsTooLongForAnothersChangeIsToldApartFromAFailure() {
    database.transaction(
        entityManager ->
            entityManager
                .createNativeQuery(
                    "call syscs_util.syscs_set_database_property('derby.locks.waitTimeout', '1')")
                .executeUpdate());
    database.transaction(
        first -> {
          first.find(User.class, admin, LockModeType.PESSIMISTIC_WRITE);
          assertThatThrownBy(
                  () ->
                      database.transaction(
                          second -> second.find(User.class, admin, LockModeType.PESSIMISTIC_WRITE)))
              .matches(SqlViolation.CONTENTION::caused);
          return null;
        });
  }

  @Test
  void aUserComesBackAsItWasCreated() {
    UserCreated created =
        service(
            users ->
                users.create(
                    new CreateUser(
                        new UserName("Alpha"),
                        "alpha@example.com",
                        "Al",
                        "Pha",
                        null,
                        null,
                        List.of("DIRECTORY_ADMIN", "policy_user", "directory_admin"),
                        List.of()),
                    Optional.empty(),
                    Authority.SERVER));
    assertThat(created.username()).isEqualTo("Alpha");
    UserView view = service(users -> users.get(created.userId())).view();
    assertThat(view.username()).isEqualTo("Alpha");
    assertThat(view.email()).isEqualTo("alpha@example.com");
    assertThat(view.enabled()).isTrue();
    assertThat(view.groups()).isEmpty();
    assertThat(view.roles()).containsExactly("directory_admin", "policy_user");
    assertThat(journal.actions()).containsExactly("CREATE", "CREATE");
    assertThat(journal.events().get(1).detail())
        .isEqualTo(
            "Alpha enabled, roles directory_admin, policy_user, email alpha@example.com, name Al"
                + " Pha");
  }

  @Test
  void aNameIsGivenOnceWhateverItsCase() {
    refused(IdentityProblem.USER_EXISTS, () -> create("ADMIN", Authority.SERVER, "policy_user"));
  }

  @Test
  void theDatabaseRefusesASecondNameToo() {
    refused(
        IdentityProblem.USER_EXISTS,
        () ->
            database.transaction(
                entityManager -> {
                  var user = new User(new UserName("Admin"), List.of(), java.time.Instant.EPOCH);
                  StoredUsers.repository(entityManager).add(user);
                  return user;
                }));
  }

  @Test
  void aUserNeedsARoleThatExists() {
    refused(IdentityProblem.ROLE_NEEDED, () -> create("alpha", Authority.SERVER));
    assertThatThrownBy(() -> create("alpha", Authority.SERVER, "policy_user", "nobody"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(IdentityProblem.UNKNOWN_ROLE);
              assertThat(problem.member()).contains("roles[1]");
              assertThat(problem.detail()).contains("\"nobody\"");
            });
    assertThat(service(users -> users.list(UserSearch.ALL, Page.of(null, null))).total())
        .isEqualTo(1);
  }

  @Test
  void aGroupThatDoesNotExistIsRefusedWithItsPlace() {
    refused(
        IdentityProblem.UNKNOWN_GROUP,
        () ->
            update(
                new UpdateUser(admin, null, null, null, null, null, null, List.of("g")),
                Authority.SERVER));
  }

  @Test
  void aListIsPagedInTheOrderOfNames() {
    for (String name : List.of("delta", "Beta", "charlie")) {
      create(name, Authority.SERVER, "policy_user");
    }
    var page = service(users -> users.list(UserSearch.ALL, Page.of("1", "2")));
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.entries()).extracting(UserEntry::username).containsExactly("Beta", "charlie");
  }

  @Test
  void aPageIsTheSameFromWhicheverEndItIsRead() {
    for (int i = 0; i < 11; i++) {
      create("user%02d".formatted(i), Authority.SERVER, "policy_user");
    }
    List<String> all = names(Page.of(null, null));
    assertThat(all).hasSize(12).isSorted();
    for (int first = 0; first < 15; first++) {
      for (int max : new int[] {1, 4, 12}) {
        assertThat(names(new Page(first, max)))
            .as("%d after %d", max, first)
            .isEqualTo(all.stream().skip(first).limit(max).toList());
      }
    }
  }

  private List<String> names(Page page) {
    return service(users -> users.list(UserSearch.ALL, page)).entries().stream()
        .map(UserEntry::username)
        .toList();
  }

  @Test
  void aSearchTakesEveryCharacterAsItIs() {
    for (String name : List.of("a_b", "aXb", "50%", "50!", "Ünal")) {
      String id = create(name, Authority.SERVER, "policy_user");
      update(
          new UpdateUser(id, name + "@Example.com", null, null, null, null, null, null),
          Authority.SERVER);
    }
    assertThat(found("A_B", null)).containsExactly("a_b");
    assertThat(found("%", null)).containsExactly("50%");
    assertThat(found("!", null)).containsExactly("50!");
    assertThat(found("' or '1'='1", null)).isEmpty();
    assertThat(found("\\", null)).isEmpty();
    assertThat(found("ÜNAL", null)).containsExactly("Ünal");
    assertThat(found(null, "_b@EXAMPLE")).containsExactly("a_b");
    assertThat(found("50", "%@")).containsExactly("50%");
    assertThat(found("", "")).hasSize(6);
    var page = service(users -> users.list(UserSearch.of("50", null), Page.of("1", "1")));
    assertThat(page.total()).isEqualTo(2);
    assertThat(page.entries()).hasSize(1);
    refused(CommonProblem.INVALID_PARAMETER, () -> UserSearch.of("x".repeat(255), null));
  }

  @Test
  void anEmailIsKeptInTheFormInWhichItIsSought() {
    String decomposed = "Ame\u0301lie@example.com";
    String alpha = create("alpha", Authority.SERVER, "policy_user");
    update(new UpdateUser(alpha, decomposed, null, null, null, null, null, null), Authority.SERVER);
    assertThat(service(users -> users.get(alpha)).view().email())
        .isEqualTo("Am\u00e9lie@example.com");
    assertThat(found(null, decomposed)).containsExactly("alpha");
    assertThat(found(null, "M\u00c9L")).containsExactly("alpha");
  }

  @Test
  void aTemporaryPasswordIsNotTheNameEither() {
    String alpha = create("Alpha and Beta", Authority.SERVER, "policy_user");
    for (String same : List.of("Alpha and Beta", "ALPHA AND BETA")) {
      refused(CommonProblem.INVALID_VALUE, () -> temporary(alpha, same));
    }
    temporary(alpha, "Alpha and Gamma");
  }

  private PasswordHash temporary(String id, String password) {
    return database.transaction(
        entityManager ->
            new PasswordPolicy(
                    StoredUsers.accounts(entityManager, journal.forChanges()),
                    FastHashing.create(),
                    5)
                .temporary(id, NewPassword.of(password)));
  }

  @Test
  void theJournalSaysWhatAChangeOverwrote() {
    String alpha = create("alpha", Authority.SERVER, "policy_user");
    update(new UpdateUser(alpha, "a@b", null, null, false, null, null, null), Authority.SERVER);
    service(users -> users.delete(alpha, Authority.SERVER, UserServiceTest::anyVersion));
    assertThat(journal.events())
        .extracting(event -> event.detail())
        .endsWith(
            "alpha disabled, roles policy_user, email a@b; before: alpha enabled, roles"
                + " policy_user",
            "before: alpha disabled, roles policy_user, email a@b");
  }

  @Test
  void theJournalSaysThatAPasswordWasSet() {
    String alpha = create("alpha", Authority.SERVER, "policy_user");
    PasswordHash hash = StoredUsers.SOME_PASSWORD;
    service(
        users ->
            users.update(
                new UpdateUser(alpha, null, null, null, null, null, null, null),
                Optional.of(hash),
                Authority.SERVER,
                UserServiceTest::anyVersion));
    service(
        users ->
            users.updatePassword(
                alpha, hash, false, Authority.SERVER, UserServiceTest::anyVersion));
    assertThat(journal.events())
        .extracting(event -> event.detail())
        .endsWith(
            "temporary password set; alpha enabled, roles policy_user; before: alpha enabled, roles"
                + " policy_user",
            "lasting");
  }

  @Test
  void whoeverCannotGiveAPermissionCannotTakeItAwayEither() {
    String strong = create("strong", Authority.SERVER, "security_admin");
    Authority clerk = StoredUsers.authority(Permission.USER_WRITE);
    for (UpdateUser change :
        List.of(
            new UpdateUser(strong, null, null, null, false, null, null, null),
            new UpdateUser(strong, null, null, null, null, null, List.of("policy_user"), null),
            new UpdateUser(strong, "x@y", null, null, null, null, null, null))) {
      refused(IdentityProblem.BEYOND_OWN_PERMISSIONS, () -> update(change, clerk));
    }
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () -> service(users -> users.delete(strong, clerk, UserServiceTest::anyVersion)));
  }

  @Test
  void anIdWithBlanksBehindItIsNoUsers() {
    refused(IdentityProblem.USER_NOT_FOUND, () -> service(users -> users.get(admin + " ")));
    refused(
        IdentityProblem.USER_NOT_FOUND,
        () ->
            service(
                users -> users.delete(admin + " ", Authority.SERVER, UserServiceTest::anyVersion)));
  }

  @Test
  void whatAChangeDoesNotMentionStays() {
    update(new UpdateUser(admin, "a@b", "Ada", "Min", null, null, null, null), Authority.SERVER);
    update(new UpdateUser(admin, null, "", null, null, null, null, null), Authority.SERVER);
    UserView view = service(users -> users.get(admin)).view();
    assertThat(view.email()).isEqualTo("a@b");
    assertThat(view.firstName()).isNull();
    assertThat(view.lastName()).isEqualTo("Min");
    assertThat(view.roles()).containsExactly("directory_administrator");
    assertThat(account(admin).tokenGeneration()).isZero();
  }

  @Test
  void everyChangeRaisesTheVersion() {
    long before = service(users -> users.get(admin)).version();
    update(
        new UpdateUser(admin, null, null, null, null, null, List.of("security_admin"), null),
        Authority.SERVER);
    assertThat(service(users -> users.get(admin)).version()).isGreaterThan(before);
  }

  @Test
  void aStaleChangeIsRefusedAndChangesNothing() {
    assertThatThrownBy(
            () ->
                service(
                    users ->
                        users.update(
                            new UpdateUser(admin, "a@b", null, null, null, null, null, null),
                            Optional.empty(),
                            Authority.SERVER,
                            version -> {
                              throw CommonProblem.PRECONDITION_FAILED.because("Read it again");
                            })))
        .isInstanceOf(Problem.class);
    assertThat(service(users -> users.get(admin)).view().email()).isNull();
  }

  @Test
  void disablingANewPasswordAndOtherRolesEndTokens() {
    String alpha = create("alpha", Authority.SERVER, "policy_user");
    assertThat(accepts(alpha, 0)).isTrue();
    update(
        new UpdateUser(alpha, null, null, null, null, null, List.of("policy_user"), null),
        Authority.SERVER);
    assertThat(accepts(alpha, 0)).as("the same roles").isTrue();
    update(
        new UpdateUser(alpha, null, null, null, null, null, List.of("security_viewer"), null),
        Authority.SERVER);
    assertThat(accepts(alpha, 0)).isFalse();
    assertThat(accepts(alpha, 1)).isTrue();
    service(
        users ->
            users.updatePassword(
                alpha, hash(), true, Authority.SERVER, UserServiceTest::anyVersion));
    assertThat(accepts(alpha, 1)).isFalse();
    assertThat(account(alpha).passwordTemporary()).isTrue();
    update(new UpdateUser(alpha, null, null, null, false, null, null, null), Authority.SERVER);
    assertThat(accepts(alpha, 2)).isFalse();
    assertThat(accepts(alpha, 3)).as("disabled").isFalse();
    update(new UpdateUser(alpha, null, null, null, true, null, null, null), Authority.SERVER);
    assertThat(accepts(alpha, 2)).as("enabled again").isFalse();
  }

  @Test
  void aPasswordThatSomebodyElseGivesIsTemporary() {
    String alpha = create("alpha", Authority.SERVER, "policy_user");
    service(
        users ->
            users.update(
                new UpdateUser(alpha, null, null, null, null, null, null, null),
                Optional.of(hash()),
                Authority.SERVER,
                UserServiceTest::anyVersion));
    assertThat(account(alpha).passwordTemporary()).isTrue();
    assertThat(accepts(alpha, 0)).isFalse();
  }

  @Test
  void theLastAdministratorStays() {
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> service(users -> users.delete(admin, Authority.SERVER, UserServiceTest::anyVersion)));
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () ->
            update(
                new UpdateUser(admin, null, null, null, false, null, null, null),
                Authority.SERVER));
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () ->
            update(
                new UpdateUser(admin, null, null, null, null, null, List.of("policy_user"), null),
                Authority.SERVER));
    assertThat(service(users -> users.get(admin)).view().roles())
        .containsExactly("directory_administrator");
    String second = create("second", Authority.SERVER, "directory_admin");
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () -> service(users -> users.delete(admin, Authority.SERVER, UserServiceTest::anyVersion)));
    service(
        users ->
            users.updatePassword(
                second,
                StoredUsers.SOME_PASSWORD,
                true,
                Authority.SERVER,
                UserServiceTest::anyVersion));
    service(users -> users.delete(admin, Authority.SERVER, UserServiceTest::anyVersion));
    refused(IdentityProblem.USER_NOT_FOUND, () -> service(users -> users.get(admin)));
    refused(
        IdentityProblem.LAST_ADMINISTRATOR,
        () ->
            service(users -> users.delete(second, Authority.SERVER, UserServiceTest::anyVersion)));
  }

  @Test
  void nobodyHandsOutMoreThanItHas() {
    var clerk =
        new Authority(
            Set.of(Permission.USER_WRITE, Permission.USER_READ, "can_access_ap")::contains);
    String alpha = create("alpha", clerk, "policy_user");
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS, () -> create("beta", clerk, "workbench_viewer"));
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () ->
            update(
                new UpdateUser(
                    alpha, null, null, null, null, null, List.of("security_admin"), null),
                clerk));
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () ->
            service(
                users ->
                    users.updatePassword(
                        admin, hash(), false, clerk, UserServiceTest::anyVersion)));
    service(
        users -> users.updatePassword(alpha, hash(), false, clerk, UserServiceTest::anyVersion));
    refused(
        IdentityProblem.BEYOND_OWN_PERMISSIONS,
        () ->
            service(
                users ->
                    users.update(
                        new UpdateUser(admin, null, null, null, null, null, null, null),
                        Optional.of(hash()),
                        clerk,
                        UserServiceTest::anyVersion)));
    var roleAdministrator = new Authority(Permission.ROLE_WRITE::equals);
    create("gamma", roleAdministrator, "security_admin");
  }

  @Test
  void anIdThatCannotBeIsNotFound() {
    refused(IdentityProblem.USER_NOT_FOUND, () -> service(users -> users.get("../x")));
  }

  @Test
  void theFirstUserIsCreatedOnce() {
    service(
        users -> {
          users.createFirst(
              new CreateUser(
                  new UserName("other"),
                  null,
                  null,
                  null,
                  true,
                  null,
                  List.of("policy_user"),
                  null),
              hash());
          return users;
        });
    assertThat(service(users -> users.list(UserSearch.ALL, Page.of(null, null))).total())
        .isEqualTo(1);
  }

  private String create(String name, Authority authority, String... roles) {
    return service(
            users ->
                users.create(
                    new CreateUser(
                        new UserName(name), null, null, null, null, null, List.of(roles), null),
                    Optional.empty(),
                    authority))
        .userId();
  }

  private List<String> found(String name, String email) {
    return service(users -> users.list(UserSearch.of(name, email), Page.of(null, null)))
        .entries()
        .stream()
        .map(UserEntry::username)
        .toList();
  }

  private UserUpdated update(UpdateUser wanted, Authority authority) {
    return service(
        users -> users.update(wanted, Optional.empty(), authority, UserServiceTest::anyVersion));
  }

  private Account account(String id) {
    return database
        .transaction(
            entityManager -> StoredUsers.accounts(entityManager, journal.forChanges()).withId(id))
        .orElseThrow();
  }

  private boolean accepts(String id, long generation) {
    return database.transaction(
        entityManager ->
            StoredUsers.accounts(entityManager, journal.forChanges()).accepts(id, generation));
  }

  private <T> T service(Function<UserService, T> work) {
    return database.transaction(
        entityManager -> work.apply(StoredUsers.service(entityManager, journal.forChanges())));
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private static PasswordHash hash() {
    return FastHashing.create().hash(NewPassword.of("correct horse battery"));
  }

  private static void anyVersion(long version) {}
}
