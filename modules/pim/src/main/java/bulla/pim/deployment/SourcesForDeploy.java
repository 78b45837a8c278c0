package bulla.pim.deployment;

import bulla.commonops.problem.Problem;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.Roles;
import bulla.pim.source.MemberSources;
import bulla.pim.source.SourceContent;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the sources that a deploy needs before the deploy begins: a directory may take long, and
 * every other change would wait for it.
 */
@Dependent
class SourcesForDeploy {
  private static final Logger LOG = Logger.getLogger("bulla.pim.deployment");

  private final Policies policies;
  private final Roles roles;
  private final MemberSources sources;

  @Inject
  SourcesForDeploy(Policies policies, Roles roles, MemberSources sources) {
    this.policies = policies;
    this.roles = roles;
    this.sources = sources;
  }

  /**
   * What the sources of these policies hold.
   *
   * @param policyUids those that no policy has are passed over
   * @throws Problem 409 or 503 where one of them cannot be read
   */
  Map<String, SourceContent> read(Collection<String> policyUids) {
    List<Long> ids =
        policyUids.stream().flatMapToLong(uid -> Uid.number(uid).stream()).boxed().toList();
    return sources.read(ExpandedRole.groupsBySource(roles.definitions(policies.roles(ids))));
  }

  /** The same; nothing where one of the sources cannot be read. */
  Map<String, SourceContent> tryToRead(Collection<String> policyUids) {
    try {
      return read(policyUids);
    } catch (Problem unreadable) {
      LOG.log(Level.FINE, "What is defined cannot be told", unreadable);
      return Map.of();
    }
  }
}
