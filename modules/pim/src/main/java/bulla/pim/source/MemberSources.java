package bulla.pim.source;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The member sources, for the features that take users and groups from them. */
public interface MemberSources {
  /** How long a request may read sources in all: as long as the longest timeout of one of them. */
  Duration LONGEST = Duration.ofSeconds(60);

  /**
   * What sources hold at the moment, by their uids. A uid that no source has is absent. Takes time:
   * not to be called while others wait for the caller's changes.
   *
   * @param groupsBySource the sources, each with the names of the groups whose members are needed,
   *     in any case; the members of other groups may be left out
   * @param atMost how long it may take in all; what has not been read by then cannot be
   * @throws bulla.commonops.problem.Problem 409 ({@code SOURCE_UNAVAILABLE}) where one cannot be
   *     read, 503 where too many others are being read
   */
  Map<String, SourceContent> read(Map<String, Set<String>> groupsBySource, Duration atMost);
}
