package bulla.pim.source;

import bulla.pim.object.PimProblem;
import bulla.resilientpackage.policy.UserNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a member source holds at the moment: its users and its groups, found whatever their case.
 */
public final class SourceContent {
  private final Map<String, String> users;
  private final Map<String, List<String>> groups;
  private final Set<String> ambiguous;
  private final Predicate<String> covered;

  private SourceContent(
      Map<String, String> users,
      Map<String, List<String>> groups,
      Set<String> ambiguous,
      Predicate<String> covered) {
    this.users = users;
    this.groups = groups;
    this.ambiguous = ambiguous;
    this.covered = covered;
  }

  /**
   * A content with these names, as the source spells them.
   *
   * @param groups the members of each group
   */
  public static SourceContent of(List<String> users, Map<String, List<String>> groups) {
    return of(users, SourceGroup.of(groups), group -> true);
  }

  /**
   * The same, where the members of some groups were not read.
   *
   * @param covered which groups' members were read, by {@link UserNames#comparable} of their names
   */
  static SourceContent of(List<String> users, List<SourceGroup> groups, Predicate<String> covered) {
    Map<String, String> byKey = new LinkedHashMap<>();
    users.forEach(user -> byKey.putIfAbsent(UserNames.comparable(user), user));
    Map<String, List<String>> groupsByKey = new LinkedHashMap<>();
    groups.forEach(group -> groupsByKey.put(UserNames.comparable(group.name()), group.members()));
    return new SourceContent(byKey, groupsByKey, SourceGroup.ambiguous(groups), covered);
  }

  /** The user, as the source spells the name; empty where the source does not know it. */
  public Optional<String> user(String name) {
    return Optional.ofNullable(users.get(UserNames.comparable(name)));
  }

  /**
   * The members of a group, as the source spells them; empty where there is no such group.
   *
   * @throws bulla.commonops.problem.Problem 409 ({@code SOURCE_UNAVAILABLE}) where the source has
   *     several groups of this name: nobody can tell which one was meant
   */
  public Optional<List<String>> group(String name) {
    if (ambiguous.contains(UserNames.comparable(name))) {
      throw PimProblem.SOURCE_UNAVAILABLE.because(
          "Group '"
              + name
              + "' cannot be read: its source has several groups of this name, whatever their case");
    }
    return Optional.ofNullable(groups.get(UserNames.comparable(name)));
  }

  /** Whether {@link #group} knows the members of the group, if there is one of this name. */
  public boolean covers(String group) {
    return covered.test(UserNames.comparable(group));
  }
}
