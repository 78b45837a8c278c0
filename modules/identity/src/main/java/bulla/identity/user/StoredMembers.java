package bulla.identity.user;

import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stored users as members of groups. */
@Dependent
@Transactional
class StoredMembers implements Members {
  private final UserRepository users;
  private final Administrators administrators;

  @Inject
  StoredMembers(UserRepository users, Administrators administrators) {
    this.users = users;
    this.administrators = administrators;
  }

  @Override
  public Set<String> named(List<String> names) {
    var keys = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String key = name == null ? "" : UserName.keyOf(name);
      if (key.isEmpty()) {
        throw unknown(name, i);
      }
      keys.add(key);
    }
    Map<String, String> ids = users.ids(keys);
    var found = new LinkedHashSet<String>();
    for (int i = 0; i < keys.size(); i++) {
      String id = ids.get(keys.get(i));
      if (id == null) {
        throw unknown(names.get(i), i);
      }
      found.add(id);
    }
    return found;
  }

  @Override
  public Set<String> idsIn(String groupId) {
    return users.memberIds(groupId);
  }

  @Override
  public Map<String, List<String>> namesIn(Collection<String> groupIds) {
    return users.memberNames(groupIds);
  }

  @Override
  public Set<String> roleIds(Collection<String> userIds) {
    return users.roleIds(userIds);
  }

  @Override
  public void change(String groupId, Set<String> added, Set<String> removed) {
    removed.forEach(id -> users.removeMember(groupId, id));
    added.forEach(id -> users.addMember(groupId, id));
  }

  @Override
  public void lockAdministration() {
    administrators.lock();
  }

  @Override
  public void rolesChanged(Set<String> userIds) {
    users.endTokens(userIds);
    administrators.requireOne();
  }

  private static Problem unknown(String name, int place) {
    return IdentityProblem.UNKNOWN_USER.because(
        "There is no user " + Quoted.text(name), "members[" + place + "]");
  }
}
