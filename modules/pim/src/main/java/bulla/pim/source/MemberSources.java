package bulla.pim.source;

import java.util.Collection;
import java.util.Map;

/** The member sources, for the features that take users and groups from them. */
public interface MemberSources {
  /**
   * What sources hold at the moment, by their uids. A uid that no source has is absent.
   *
   * @throws bulla.commonops.problem.Problem 409 ({@code SOURCE_UNAVAILABLE}) where one cannot be
   *     read
   */
  Map<String, SourceContent> read(Collection<String> uids);
}
