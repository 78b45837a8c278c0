package bulla.pim.deployment;

import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.Roles;
import bulla.pim.source.MemberSources;
import bulla.pim.source.SourceContent;
import bulla.resilientpackage.policy.Rule;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads the sources that a deploy needs before the deploy begins: a directory may take long, and
 * every other change would wait for it.
 */
@Dependent
class SourcesForDeploy {
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
   */
  Map<String, SourceContent> read(Collection<String> policyUids) {
    List<Long> ids =
        policyUids.stream().flatMapToLong(uid -> Uid.number(uid).stream()).boxed().toList();
    List<Long> roleIds =
        policies.rules(ids).values().stream()
            .flatMap(List::stream)
            .map(Rule::role)
            .distinct()
            .map(uid -> Uid.number(uid).orElseThrow())
            .toList();
    return sources.read(ExpandedRole.groupsBySource(roles.definitions(roleIds)));
  }
}
