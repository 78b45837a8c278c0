package bulla.pim.deployment;

import bulla.commonops.problem.CommonProblem;
import bulla.pim.object.PimProblem;
import bulla.pim.role.MemberType;
import bulla.pim.role.MemberView;
import bulla.pim.role.RoleDefinition;
import bulla.pim.source.SourceContent;
import bulla.resilientpackage.policy.UserNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The users of a role, with its groups expanded.
 *
 * @param users as their sources spell them, in the order in which names are compared
 * @param missing the names of members that their sources no longer have
 */
record ExpandedRole(List<String> users, List<String> missing) {
  /**
   * Expands a role by what was read of its sources before.
   *
   * @throws bulla.commonops.problem.Problem 409 where one of its sources could not be read, or
   *     where the role has got other members since then
   */
  static ExpandedRole of(RoleDefinition role, ReadSources sources) {
    Map<String, SourceContent> contents = sources.contents();
    role.members().stream()
        .map(member -> sources.unreadable().get(member.source()))
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            reason -> {
              throw PimProblem.SOURCE_UNAVAILABLE.because(reason);
            });
    if (!role.members().stream().allMatch(member -> isCovered(member, contents))) {
      throw CommonProblem.CONFLICT
          .because(
              "Role '"
                  + role.uid()
                  + "' has got other members while sources were read; repeat the request")
          .retryAfter(1);
    }
    Map<String, String> users = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (MemberView member : role.members()) {
      SourceContent content = contents.get(member.source());
      Optional<List<String>> found =
          switch (member.type()) {
            case USER -> content.user(member.name()).map(List::of);
            case GROUP -> content.group(member.name());
          };
      found.ifPresentOrElse(
          names -> names.forEach(name -> users.putIfAbsent(UserNames.comparable(name), name)),
          () -> missing.add(member.name()));
    }
    return new ExpandedRole(List.copyOf(users.values()), List.copyOf(missing));
  }

  /** Whether what was read says who the member stands for. */
  private static boolean isCovered(MemberView member, Map<String, SourceContent> contents) {
    SourceContent content = contents.get(member.source());
    return content != null && (member.type() == MemberType.USER || content.covers(member.name()));
  }

  /** What must be read to expand these roles: their sources, each with the groups among members. */
  static Map<String, Set<String>> groupsBySource(Collection<RoleDefinition> roles) {
    Map<String, Set<String>> groups = new TreeMap<>();
    for (RoleDefinition role : roles) {
      for (MemberView member : role.members()) {
        Set<String> wanted = groups.computeIfAbsent(member.source(), any -> new HashSet<>());
        if (member.type() == MemberType.GROUP) {
          wanted.add(member.name());
        }
      }
    }
    return groups;
  }
}
