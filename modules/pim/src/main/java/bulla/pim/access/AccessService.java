package bulla.pim.access;

import static java.util.stream.Collectors.toMap;

import bulla.pim.deployment.LivePolicies;
import bulla.pim.deployment.LivePolicy;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.access.UserAccess;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.Rule;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;

/** Tells what a user may do, by the code that protectors decide with. */
@Dependent
class AccessService {
  private final LivePolicies live;

  @Inject
  AccessService(LivePolicies live) {
    this.live = live;
  }

  MemberAccessView access(String user, AccessDetail detail) {
    return new MemberAccessView(
        user, live.all().stream().map(policy -> store(policy, user, detail)).toList());
  }

  private static MemberAccessView.Store store(LivePolicy policy, String user, AccessDetail detail) {
    UserAccess access = UserAccess.of(policy.snapshot(), user);
    Map<String, String> roleNames =
        policy.snapshot().roles().stream().collect(toMap(PolicyRole::uid, PolicyRole::name));
    return new MemberAccessView.Store(
        policy.store().uid(),
        policy.store().name(),
        policy.revision(),
        access.known(),
        access.roles().stream()
            .map(role -> new MemberAccessView.NamedRole(role.uid(), role.name()))
            .toList(),
        access.elements().stream().map(element -> element(element, roleNames, detail)).toList());
  }

  private static MemberAccessView.Element element(
      UserAccess.Element element, Map<String, String> roleNames, AccessDetail detail) {
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
        advanced ? element.rules().stream().map(rule -> applied(rule, roleNames)).toList() : null);
  }

  private static MemberAccessView.AppliedRule applied(Rule rule, Map<String, String> roleNames) {
    return new MemberAccessView.AppliedRule(
        rule.role(),
        roleNames.get(rule.role()),
        rule.mask(),
        rule.noAccessOperation(),
        rule.permission());
  }
}
