package bulla.pim.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import bulla.pim.datastore.StoreDefinition;
import bulla.pim.deployment.LivePolicies;
import bulla.pim.deployment.LivePolicy;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.Mask;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessServiceTest {
  private static final PolicySnapshot SNAPSHOT =
      new PolicySnapshot(
          List.of(
              new DataElement("1", "card", new Aes256GcmEnc()),
              new DataElement("2", "city", new Aes256GcmEnc())),
          List.of(
              new PolicyMask("1", "last 4", new Mask(0, 4, false, "*")),
              new PolicyMask("2", "first 4", new Mask(4, 0, false, "*"))),
          List.of(
              new PolicyRole("1", "support", false, List.of("anna", "bob")),
              new PolicyRole("2", "fraud", false, List.of("bob")),
              new PolicyRole("3", "everybody", true, List.of())),
          List.of(rule("1", "1", "1"), rule("2", "1", "2"), rule("3", "2", null)),
          List.of());

  private final AccessService service = new AccessService(new OnePolicy(), new NamedPolicies());

  @Test
  void theSimpleViewHasTheRightsAlone() {
    MemberAccessView.Store store = store("ANNA", AccessDetail.SIMPLE);
    assertThat(store.uid()).isEqualTo("5");
    assertThat(store.revision()).isEqualTo(3);
    assertThat(store.inPolicy()).isTrue();
    assertThat(store.roles()).containsExactly(new MemberAccessView.NamedRole("1", "support"));
    assertThat(store.dataElements())
        .containsExactly(
            new MemberAccessView.Element(
                "1",
                "card",
                Permissions.ALL,
                new Mask(0, 4, false, "*"),
                NoAccessOperation.NULL_VALUE,
                null,
                null,
                null,
                null),
            new MemberAccessView.Element(
                "2",
                "city",
                Permissions.ALL,
                null,
                NoAccessOperation.NULL_VALUE,
                null,
                null,
                null,
                null));
  }

  @Test
  void theAdvancedViewSaysWhichRolesAndRulesSaySo() {
    List<MemberAccessView.Element> elements = store("bob", AccessDetail.ADVANCED).dataElements();
    MemberAccessView.Element card = elements.get(0);
    assertThat(card.access()).isEqualTo(Permissions.ALL.withoutUnProtect());
    assertThat(card.masksContradict()).isTrue();
    assertThat(card.allowAll()).isFalse();
    assertThat(card.rules())
        .extracting(MemberAccessView.AppliedRule::roleName)
        .containsExactly("support", "fraud");
    assertThat(card.rules())
        .extracting(MemberAccessView.AppliedRule::policy, MemberAccessView.AppliedRule::policyName)
        .containsExactly(tuple("8", "p8"), tuple("9", "p9"));
    assertThat(elements.get(1).allowAll()).as("no role of his knows the city").isTrue();
    assertThat(elements.get(1).rules())
        .extracting(MemberAccessView.AppliedRule::roleName)
        .containsExactly("everybody");
  }

  @Test
  void aStrangerHasWhatRolesThatAllowAllGive() {
    MemberAccessView.Store store = store("zed", AccessDetail.ADVANCED);
    assertThat(store.inPolicy()).isFalse();
    assertThat(store.dataElements().get(0).refusal()).isEqualTo(3);
    assertThat(store.dataElements().get(0).access()).isEqualTo(Permissions.NONE);
    assertThat(store.dataElements().get(1).access()).isEqualTo(Permissions.ALL);
  }

  private MemberAccessView.Store store(String user, AccessDetail detail) {
    return service.access(user, detail).dataStores().get(0);
  }

  private static Rule rule(String role, String element, String mask) {
    return new Rule(
        role,
        element,
        mask,
        NoAccessOperation.NULL_VALUE,
        new RulePermission(Permissions.ALL, AuditFlags.NONE));
  }

  private static final class OnePolicy implements LivePolicies {
    private static final StoreDefinition STORE = new StoreDefinition(5, "5", "lake");

    @Override
    public List<LivePolicy> all() {
      return List.of(new LivePolicy(STORE, 3, SNAPSHOT, List.of("8", "9", "8")));
    }

    @Override
    public List<LiveRevision> revisions() {
      return List.of(new LiveRevision(STORE, 3));
    }
  }
}
