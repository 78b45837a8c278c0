package bulla.pim.access;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import bulla.pim.deployment.LivePolicies;
import bulla.pim.deployment.LivePolicy;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.access.UserAccess;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.Rule;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Tells what a user may do, by the code that protectors decide with. */
@Dependent
class AccessService {
  private final LivePolicies live;
  private final Policies policies;

  @Inject
  AccessService(LivePolicies live, Policies policies) {
    this.live = live;
    this.policies = policies;
  }

  MemberAccessView access(String user, AccessDetail detail) {
    List<LivePolicy> deployed = live.all();
    Map<String, String> policyNames =
        detail == AccessDetail.ADVANCED ? policyNames(deployed) : Map.of();
    return new MemberAccessView(
        user, deployed.stream().map(policy -> store(policy, user, detail, policyNames)).toList());
  }

  private Map<String, String> policyNames(List<LivePolicy> deployed) {
    Set<Long> ids =
        deployed.stream()
            .flatMap(policy -> policy.rulePolicies().stream())
            .distinct()
            .map(uid -> Uid.number(uid).orElseThrow())
            .collect(toSet());
    return policies.names(ids).entrySet().stream()
        .collect(toMap(named -> Uid.of(named.getKey()), Map.Entry::getValue));
  }

  private static MemberAccessView.Store store(
      LivePolicy policy, String user, AccessDetail detail, Map<String, String> policyNames) {
    UserAccess access = UserAccess.of(policy.snapshot(), user);
    Function<Rule, MemberAccessView.AppliedRule> applied = applied(policy, policyNames);
    return new MemberAccessView.Store(
        policy.store().uid(),
        policy.store().name(),
        policy.revision(),
        access.known(),
        access.roles().stream()
            .map(role -> new MemberAccessView.NamedRole(role.uid(), role.name()))
            .toList(),
        access.elements().stream().map(element -> element(element, applied, detail)).toList());
  }

  private static MemberAccessView.Element element(
      UserAccess.Element element,
      Function<Rule, MemberAccessView.AppliedRule> applied,
      AccessDetail detail) {
    boolean advanced = detail == AccessDetail.ADVANCED;
    ElementAccess granted = element.access() instanceof ElementAccess some ? some : null;
    return new MemberAccessView.Element(
        element.dataElement().uid(),
        element.dataElement().name(),
        granted == null ? Permissions.NONE : granted.access(),
        granted == null ? null : granted.maskOrNull(),
        granted == null ? null : granted.noAccessOperation(),
        element.access() instanceof AccessRefused refused ? refused.code().number() : null,
        advanced ? element.allowAll() : null,
        advanced ? element.masksContradict() : null,
        advanced ? element.rules().stream().map(applied).toList() : null);
  }

  private static Function<Rule, MemberAccessView.AppliedRule> applied(
      LivePolicy policy, Map<String, String> policyNames) {
    Map<String, String> roleNames =
        policy.snapshot().roles().stream().collect(toMap(PolicyRole::uid, PolicyRole::name));
    // Two policies may have equal rules: it is the very rule that has a policy.
    IdentityHashMap<Rule, String> policyOf = new IdentityHashMap<>();
    for (int i = 0; i < policy.rulePolicies().size(); i++) {
      policyOf.put(policy.snapshot().rules().get(i), policy.rulePolicies().get(i));
    }
    return rule ->
        new MemberAccessView.AppliedRule(
            policyOf.get(rule),
            policyNames.get(policyOf.get(rule)),
            rule.role(),
            roleNames.get(rule.role()),
            rule.mask(),
            rule.noAccessOperation(),
            rule.permission());
  }
}
