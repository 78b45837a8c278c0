package bulla.pim.source;

import bulla.resilientpackage.policy.UserNames;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group of a source.
 *
 * @param name as the source spells it; another group may have it, too
 * @param members as the source spells them
 */
record SourceGroup(String name, List<String> members) {
  /** Copies the members. */
  SourceGroup {
    members = List.copyOf(members);
  }

  /** The groups of a source in which a name is all that there is of a group. */
  static List<SourceGroup> of(Map<String, List<String>> membersByName) {
    return membersByName.entrySet().stream()
        .map(group -> new SourceGroup(group.getKey(), group.getValue()))
        .toList();
  }

  /** The names that several groups have, by {@link UserNames#comparable}. */
  static Set<String> ambiguous(Collection<SourceGroup> groups) {
    Set<String> seen = new HashSet<>();
    return groups.stream()
        .map(group -> UserNames.comparable(group.name()))
        .filter(name -> !seen.add(name))
        .collect(Collectors.toSet());
  }
}
