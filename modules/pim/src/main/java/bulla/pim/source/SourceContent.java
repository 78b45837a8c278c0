package bulla.pim.source;

import bulla.resilientpackage.policy.UserNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a member source holds at the moment: its users and its groups, found whatever their case.
 */
public final class SourceContent {
  private final Map<String, String> users;
  private final Map<String, List<String>> groups;

  private SourceContent(Map<String, String> users, Map<String, List<String>> groups) {
    this.users = users;
    this.groups = groups;
  }

  /**
   * A content with these names, as the source spells them.
   *
   * @param groups the members of each group
   */
  public static SourceContent of(List<String> users, Map<String, List<String>> groups) {
    Map<String, String> byKey = new LinkedHashMap<>();
    users.forEach(user -> byKey.putIfAbsent(UserNames.comparable(user), user));
    Map<String, List<String>> groupsByKey = new LinkedHashMap<>();
    groups.forEach(
        (name, members) -> groupsByKey.put(UserNames.comparable(name), List.copyOf(members)));
    return new SourceContent(byKey, groupsByKey);
  }

  /** The user, as the source spells the name; empty where the source does not know it. */
  public Optional<String> user(String name) {
    return Optional.ofNullable(users.get(UserNames.comparable(name)));
  }

  /** The members of a group, as the source spells them; empty where there is no such group. */
  public Optional<List<String>> group(String name) {
    return Optional.ofNullable(groups.get(UserNames.comparable(name)));
  }
}
