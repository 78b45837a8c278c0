package bulla.pim.deployment;

import bulla.commonops.problem.Problem;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.RoleDefinition;
import bulla.pim.role.Roles;
import bulla.pim.source.MemberSources;
import bulla.pim.source.SourceContent;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
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
  private final DeploymentService deployments;

  @Inject
  SourcesForDeploy(
      Policies policies, Roles roles, MemberSources sources, DeploymentService deployments) {
    this.policies = policies;
    this.roles = roles;
    this.sources = sources;
    this.deployments = deployments;
  }

  /**
   * What the sources of these policies hold.
   *
   * @param policyUids those that no policy has are passed over
   * @throws Problem 409 or 503 where one of them cannot be read
   */
  ReadSources read(Collection<String> policyUids) {
    return readMembers(definitions(policyUids), MemberSources.LONGEST);
  }

  /**
   * The same of the sources of these roles.
   *
   * @param atMost how long it may take in all
   */
  ReadSources readMembers(List<RoleDefinition> definitions, Duration atMost) {
    var wanted = ExpandedRole.groupsBySource(definitions);
    if (wanted.isEmpty()) {
      return ReadSources.NONE;
    }
    Map<Long, Long> revisions = deployments.liveRevisions();
    return new ReadSources(sources.read(wanted, atMost), Map.of(), revisions);
  }

  /**
   * The roles of these policies and their sources, each by itself, with the reasons why some cannot
   * be read.
   */
  ReadMembers tryToRead(Collection<String> policyUids) {
    List<RoleDefinition> members = definitions(policyUids);
    Map<String, SourceContent> contents = new HashMap<>();
    Map<String, String> unreadable = new HashMap<>();
    long begun = System.nanoTime();
    ExpandedRole.groupsBySource(members)
        .forEach(
            (source, groups) -> {
              Duration left = MemberSources.LONGEST.minusNanos(System.nanoTime() - begun);
              try {
                contents.putAll(sources.read(Map.of(source, groups), left));
              } catch (Problem failed) {
                LOG.log(Level.FINE, "What is defined cannot be told", failed);
                unreadable.put(source, failed.detail());
              }
            });
    return new ReadMembers(members, new ReadSources(contents, unreadable, Map.of()));
  }

  private List<RoleDefinition> definitions(Collection<String> policyUids) {
    List<Long> ids =
        policyUids.stream().flatMapToLong(uid -> Uid.number(uid).stream()).boxed().toList();
    return roles.definitions(policies.roles(ids));
  }
}
