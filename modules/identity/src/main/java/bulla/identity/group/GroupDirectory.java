package bulla.identity.group;

import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import bulla.identity.user.Groups;
import bulla.identity.user.UserGroup;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The groups as their members see them. */
@Dependent
@Transactional
class GroupDirectory implements Groups {
  private final GroupRepository repository;

  @Inject
  GroupDirectory(GroupRepository repository) {
    this.repository = repository;
  }

  @Override
  public List<UserGroup> named(List<String> names) {
    var keys = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      String member = "groups[" + i + "]";
      String name = names.get(i);
      keys.add(GroupName.parse(name).map(GroupName::key).orElseThrow(() -> unknown(name, member)));
    }
    Map<String, Group> byKey =
        repository.named(keys).stream()
            .collect(Collectors.toMap(Group::nameKey, Function.identity()));
    var found = new LinkedHashMap<String, UserGroup>();
    for (int i = 0; i < keys.size(); i++) {
      Group group = byKey.get(keys.get(i));
      if (group == null) {
        throw unknown(names.get(i), "groups[" + i + "]");
      }
      found.put(group.id(), group.granting());
    }
    return List.copyOf(found.values());
  }

  @Override
  public List<UserGroup> withIds(Collection<String> ids) {
    return repository.withIds(ids).stream().map(Group::granting).toList();
  }

  @Override
  public List<String> namesWithRole(String roleId, int most) {
    return repository.namesWithRole(roleId, most);
  }

  @Override
  public void membersChanged(Collection<String> ids) {
    repository.raiseVersions(ids);
  }

  private static Problem unknown(String name, String member) {
    return IdentityProblem.UNKNOWN_GROUP.because(
        "There is no group " + Quoted.text(name) + "; GET /groups lists those that exist", member);
  }
}
