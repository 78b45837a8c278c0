package bulla.pim.source;

import java.util.Map;
import java.util.Set;

/** The member sources, for the features that take users and groups from them. */
public interface MemberSources {
  /**
   * What sources hold at the moment, by their uids. A uid that no source has is absent. May take a
   * minute for each of them: not to be called while others wait for the caller's changes.
   *
   * @param groupsBySource the sources, each with the names of the groups whose members are needed,
   *     in any case; the members of other groups may be left out
   * @throws bulla.commonops.problem.Problem 409 ({@code SOURCE_UNAVAILABLE}) where one cannot be
   *     read
   */
  Map<String, SourceContent> read(Map<String, Set<String>> groupsBySource);
}
