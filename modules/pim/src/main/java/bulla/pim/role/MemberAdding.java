package bulla.pim.role;

import bulla.pim.source.MemberSources;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds members to roles: reads their sources, and only then begins a change. */
@Dependent
class MemberAdding {
  private final Roles roles;
  private final MemberSources sources;
  private final MemberService service;

  @Inject
  MemberAdding(Roles roles, MemberSources sources, MemberService service) {
    this.roles = roles;
    this.sources = sources;
    this.service = service;
  }

  /**
   * Adds all of them or, where one cannot be added, none.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is no such role, 400 naming the member
   *     that cannot be added, 409 where a source cannot be read
   */
  List<MemberView> add(String roleUid, List<AddMember> wanted) {
    roles.pathNamed(roleUid);
    Map<String, Set<String>> groups = new HashMap<>();
    for (AddMember one : wanted) {
      // That there is such a group is all that matters here.
      groups.put(one.source(), Set.of());
    }
    return service.add(roleUid, wanted, sources.read(groups, MemberSources.LONGEST));
  }
}
