package bulla.pim.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Groups of users and of other groups, by the ids that the source knows them by. */
final class Groups {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, List<String>> users = new HashMap<>();
  private final Map<String, List<String>> groups = new HashMap<>();
  private int memberships;

  /** There is a group of this id and name. */
  void add(String id, String name) throws UnreadableSourceException {
    names.put(id, name);
    MemberNames.requireFew(SourceStep.GROUPS, names.size());
  }

  /** A user of this name is in a group. */
  void addUser(String group, String userName) throws UnreadableSourceException {
    MemberNames.requireFew(SourceStep.GROUPS, ++memberships);
    users.computeIfAbsent(group, any -> new ArrayList<>()).add(userName);
  }

  /** A group is in another group. */
  void addGroup(String group, String inner) throws UnreadableSourceException {
    MemberNames.requireFew(SourceStep.GROUPS, ++memberships);
    groups.computeIfAbsent(group, any -> new ArrayList<>()).add(inner);
  }

  /**
   * The groups with their users.
   *
   * @param recursive whether the members of a group's groups are its members; groups may contain
   *     each other
   * @param wanted whether the users of a group of this name are needed; it has none without
   */
  List<SourceGroup> list(boolean recursive, Predicate<String> wanted) {
    return names.entrySet().stream()
        .map(
            group ->
                new SourceGroup(
                    group.getValue(),
                    wanted.test(group.getValue())
                        ? List.copyOf(usersOf(group.getKey(), recursive))
                        : List.of()))
        .toList();
  }

  private Set<String> usersOf(String id, boolean recursive) {
    var found = new LinkedHashSet<String>();
    var seen = new HashSet<String>(Set.of(id));
    var open = new ArrayDeque<String>(seen);
    while (!open.isEmpty()) {
      String group = open.remove();
      found.addAll(users.getOrDefault(group, List.of()));
      if (recursive) {
        groups.getOrDefault(group, List.of()).stream().filter(seen::add).forEach(open::add);
      }
    }
    return found;
  }
}
