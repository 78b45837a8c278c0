package bulla.pim.role;

import static bulla.pim.object.Problems.problem;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.http.Page;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.pim.source.MemberSources;
import bulla.pim.source.SourceContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemberServiceTest {
  private static final MemberSources SOURCES =
      (needed, atMost) ->
          needed.containsKey("1")
              ? Map.of(
                  "1",
                  SourceContent.of(
                      List.of("anna", "bob"), Map.of("Staff", List.of("anna", "carol"))))
              : Map.of();

  private final RecordedChanges changes = new RecordedChanges();
  private final InMemoryMembers members = new InMemoryMembers();
  private final InMemoryRoles roleRepository = new InMemoryRoles();
  private final MemberService service = new MemberService(roleRepository, members, changes);
  private final RoleService roles =
      new RoleService(roleRepository, members, changes, new References(List.of(service)));
  private final MemberAdding adding = new MemberAdding(roles, SOURCES, service);

  @BeforeEach
  void aRole() {
    roles.create(new WriteRole("support", null, RoleMode.MANUAL, null));
    changes.records().clear();
  }

  @Test
  void usersAndGroupsOfASourceBecomeMembers() {
    List<MemberView> added =
        adding.add("1", List.of(user("anna"), new AddMember("staff", "1", MemberType.GROUP)));
    assertThat(added)
        .containsExactly(
            new MemberView("anna", "1", MemberType.USER, "1"),
            new MemberView("staff", "2", MemberType.GROUP, "1"));
    assertThat(service.list("1")).isEqualTo(added);
    assertThat(service.page("1", new Page(1, 1)))
        .isEqualTo(new MemberService.Listing(added.subList(1, 2), 2));
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.page("2", new Page(0, 1)));
    assertThat(changes.records()).containsExactly("begin", "ADD_MEMBERS roles 1/members");
    assertThat(changes.last().after()).isEqualTo(added);
    service.remove("1", "2");
    assertThat(changes.records()).endsWith("REMOVE_MEMBER roles 1/members/2");
    assertThat(changes.last().before()).isEqualTo(added.get(1));
  }

  @Test
  void aMemberThatItsSourceDoesNotKnowIsNamed() {
    var problem =
        problem(
            PimProblem.NOT_IN_SOURCE, () -> adding.add("1", List.of(user("anna"), user("zed"))));
    assertThat(problem.detail()).isEqualTo("User 'zed' is not in source '1'");
    assertThat(problem.member()).contains("[1].name");
    assertThat(service.list("1")).isEmpty();
  }

  @Test
  void aGroupIsNoUserAndAUserNoGroup() {
    problem(PimProblem.NOT_IN_SOURCE, () -> adding.add("1", List.of(user("staff"))));
    problem(
        PimProblem.NOT_IN_SOURCE,
        () -> adding.add("1", List.of(new AddMember("anna", "1", MemberType.GROUP))));
  }

  @Test
  void aSourceThatDoesNotExistIsNamed() {
    var problem =
        problem(
            PimProblem.UNKNOWN_REFERENCE,
            () -> adding.add("1", List.of(new AddMember("anna", "9", null))));
    assertThat(problem.detail()).isEqualTo("Source '9' does not exist");
    assertThat(problem.member()).contains("[0].source");
  }

  @Test
  void nobodyIsAMemberTwice() {
    problem(PimProblem.REPEATED, () -> adding.add("1", List.of(user("anna"), user("ANNA"))));
    adding.add("1", List.of(user("anna")));
    problem(PimProblem.ALREADY_EXISTS, () -> adding.add("1", List.of(user("bob"), user("Anna"))));
    assertThat(service.list("1")).hasSize(1);
  }

  @Test
  void aMemberOfAnotherRoleCannotBeRemovedHere() {
    roles.create(new WriteRole("fraud", null, RoleMode.MANUAL, true));
    adding.add("1", List.of(user("anna")));
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.remove("2", "1"));
    service.remove("1", "1");
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.remove("1", "1"));
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.remove("1", "x"));
    assertThat(service.list("1")).isEmpty();
  }

  @Test
  void aSourceWithMembersIsReferredTo() {
    assertThat(service.referrerTo(ObjectType.SOURCE, 1)).isEmpty();
    adding.add("1", List.of(user("anna")));
    assertThat(service.referrerTo(ObjectType.SOURCE, 1)).contains("the members of role '1'");
    assertThat(service.referrerTo(ObjectType.ROLE, 1)).isEmpty();
  }

  @Test
  void definitionsHaveTheMembersOfEachRole() {
    roles.create(new WriteRole("fraud", null, RoleMode.MANUAL, true));
    adding.add("2", List.of(user("bob")));
    adding.add("1", List.of(user("anna")));
    assertThat(roles.definitions(List.of(2L, 1L)))
        .containsExactly(
            new RoleDefinition(
                1,
                "1",
                "support",
                RoleMode.MANUAL,
                false,
                List.of(new MemberView("anna", "2", MemberType.USER, "1"))),
            new RoleDefinition(
                2,
                "2",
                "fraud",
                RoleMode.MANUAL,
                true,
                List.of(new MemberView("bob", "1", MemberType.USER, "1"))));
  }

  @Test
  void aRoleThatSynchronisesTakesGroupsAlone() {
    adding.add("1", List.of(user("anna")));
    var semiautomatic = new WriteRole("support", null, RoleMode.SEMIAUTOMATIC, false);
    var refused =
        problem(PimProblem.GROUPS_ONLY, () -> roles.change("1", semiautomatic, version -> {}));
    assertThat(refused.member()).contains("mode");
    assertThat(refused.detail()).isEqualTo("Role '1' has the user 'anna' as a member");
    service.remove("1", "1");
    roles.change("1", semiautomatic, version -> {});
    var group = new AddMember("staff", "1", MemberType.GROUP);
    var user = problem(PimProblem.GROUPS_ONLY, () -> adding.add("1", List.of(group, user("anna"))));
    assertThat(user.member()).contains("[1].type");
    adding.add("1", List.of(group));
    assertThat(service.list("1")).extracting(MemberView::name).containsExactly("staff");
    assertThat(roles.automatic()).isEmpty();
    roles.change("1", new WriteRole("support", null, RoleMode.AUTOMATIC, false), version -> {});
    assertThat(roles.automatic()).containsExactly("1");
  }

  @Test
  void aRoleNameIsTakenWhateverItsCase() {
    problem(
        PimProblem.ALREADY_EXISTS,
        () -> roles.create(new WriteRole("SUPPORT", null, RoleMode.MANUAL, false)));
  }

  private static AddMember user(String name) {
    return new AddMember(name, "1", MemberType.USER);
  }

  private static final class InMemoryRoles extends InMemoryObjects<Role> implements RoleRepository {
    InMemoryRoles() {
      super(ObjectType.ROLE);
    }
  }

  private static final class InMemoryMembers implements MemberRepository {
    private final List<RoleMember> members = new ArrayList<>();
    private long last;

    @Override
    public Map<Long, List<MemberView>> ofRoles(Collection<Long> roleIds) {
      return members.stream()
          .filter(member -> roleIds.contains(member.roleId()))
          .collect(groupingBy(RoleMember::roleId, mapping(MemberView::of, toList())));
    }

    @Override
    public List<MemberView> page(long roleId, Page page) {
      return ofRole(roleId).stream()
          .skip(page.first())
          .limit(page.max())
          .map(MemberView::of)
          .toList();
    }

    @Override
    public long count(long roleId) {
      return ofRole(roleId).size();
    }

    private List<RoleMember> ofRole(long roleId) {
      return members.stream().filter(member -> member.roleId() == roleId).toList();
    }

    @Override
    public List<RoleMember> among(long roleId, Set<RoleMember.Identity> wanted) {
      return ofRole(roleId).stream().filter(member -> wanted.contains(member.identity())).toList();
    }

    @Override
    public void add(List<RoleMember> added) {
      added.forEach(member -> member.stored(++last));
      members.addAll(added);
    }

    @Override
    public Optional<RoleMember> find(long roleId, long id) {
      return ofRole(roleId).stream().filter(member -> member.id() == id).findFirst();
    }

    @Override
    public void remove(RoleMember member) {
      members.remove(member);
    }

    @Override
    public void removeAll(long roleId) {
      members.removeIf(member -> member.roleId() == roleId);
    }

    @Override
    public Optional<RoleMember> anyUser(long roleId) {
      return ofRole(roleId).stream().filter(member -> member.type() == MemberType.USER).findFirst();
    }

    @Override
    public Optional<Long> roleWithMembersOf(long sourceId) {
      return members.stream()
          .filter(member -> member.sourceUid().equals(Long.toString(sourceId)))
          .map(RoleMember::roleId)
          .findFirst();
    }
  }
}
