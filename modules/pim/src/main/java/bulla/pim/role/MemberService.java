package bulla.pim.role;

import bulla.commonops.change.Change;
import bulla.commonops.http.Page;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.Referrer;
import bulla.pim.object.Uid;
import bulla.pim.source.SourceContent;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds members to roles and removes them. */
@Dependent
@Transactional
class MemberService implements Referrer {
  private final RoleRepository roles;
  private final MemberRepository repository;
  private final PolicyChanges changes;

  @Inject
  MemberService(RoleRepository roles, MemberRepository repository, PolicyChanges changes) {
    this.roles = roles;
    this.repository = repository;
    this.changes = changes;
  }

  /**
   * Members of a role.
   *
   * @param total how many there are of which these are a page
   */
  record Listing(List<MemberView> members, long total) {}

  List<MemberView> list(String roleUid) {
    long role = roles.get(roleUid).id();
    return repository.ofRoles(List.of(role)).getOrDefault(role, List.of());
  }

  Listing page(String roleUid, Page page) {
    long role = roles.get(roleUid).id();
    List<MemberView> members = repository.page(role, page);
    return new Listing(members, page.total(members.size(), () -> repository.count(role)));
  }

  /**
   * All of them or, where one cannot be added, none. A source that went away since it was read is
   * missed by the database, when the members are stored.
   *
   * @param contents the sources that were read before
   */
  List<MemberView> add(
      String roleUid, List<AddMember> wanted, Map<String, SourceContent> contents) {
    changes.begin();
    Role named = roles.get(roleUid);
    long role = named.id();
    List<RoleMember> members = new ArrayList<>(wanted.size());
    Set<RoleMember.Identity> identities = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      AddMember one = wanted.get(i);
      if (one.kind() == MemberType.USER && !named.mode().takesUsers()) {
        throw PimProblem.GROUPS_ONLY.because(
            "Role '" + roleUid + "' has the mode " + named.mode(), "[" + i + "].type");
      }
      requireInSource(one, contents.get(one.source()), i);
      var member =
          new RoleMember(
              role, Uid.number(one.source()).orElseThrow(), one.kind(), one.name().strip());
      if (!identities.add(member.identity())) {
        throw PimProblem.REPEATED.because(
            "Member '" + one.name() + "' is in the list twice", "[" + i + "].name");
      }
      members.add(member);
    }
    repository.among(role, identities).stream()
        .findFirst()
        .ifPresent(
            present -> {
              throw PimProblem.ALREADY_EXISTS.because(
                  "Role '" + roleUid + "' has the member '" + present.name() + "' already");
            });
    repository.add(members);
    List<MemberView> added = members.stream().map(MemberView::of).toList();
    changes.record(
        Change.created("ADD_MEMBERS", ObjectType.ROLE.path(), roleUid + "/members", added));
    return added;
  }

  void remove(String roleUid, String memberUid) {
    changes.begin();
    long role = roles.get(roleUid).id();
    var number = Uid.number(memberUid);
    RoleMember member =
        (number.isPresent()
                ? repository.find(role, number.getAsLong())
                : Optional.<RoleMember>empty())
            .orElseThrow(() -> ObjectType.ROLE_MEMBER.notFound(memberUid));
    repository.remove(member);
    changes.record(
        Change.deleted(
            "REMOVE_MEMBER",
            ObjectType.ROLE.path(),
            roleUid + "/members/" + memberUid,
            MemberView.of(member)));
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return type == ObjectType.SOURCE
        ? repository.roleWithMembersOf(id).map(role -> "the members of role '" + role + "'")
        : Optional.empty();
  }

  private static void requireInSource(AddMember member, SourceContent content, int position) {
    if (content == null) {
      throw ObjectType.SOURCE.unknown(member.source(), "[" + position + "].source");
    }
    boolean known =
        switch (member.kind()) {
          case USER -> content.user(member.name().strip()).isPresent();
          case GROUP -> content.group(member.name().strip()).isPresent();
        };
    if (!known) {
      throw PimProblem.NOT_IN_SOURCE.because(
          (member.kind() == MemberType.USER ? "User '" : "Group '")
              + member.name()
              + "' is not in source '"
              + member.source()
              + "'",
          "[" + position + "].name");
    }
  }
}
