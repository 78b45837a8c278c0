package bulla.pim.access;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.datastore.StoreDefinition;
import bulla.pim.deployment.LivePolicies;
import bulla.pim.deployment.LivePolicy;
import bulla.protection.AlphaNumericToken;
import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.resilientpackage.access.Access;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * The effective access that the server tells, and the one that protectors enforce, against an
 * evaluator that asks each rule of each role in turn. All names and masks are few, so that roles
 * overlap, policies repeat each other and masks contradict.
 */
class RandomPolicyTest {
  private static final List<String> USERS = List.of("anna", "Anna", "bob", "CAROL", "dave", "eve");

  /** The most restrictive first. */
  private static final List<String> OPERATIONS =
      List.of("EXCEPTION", "NULL_VALUE", "PROTECTED_VALUE");

  private static final List<String> ASKED = List.of("ANNA", "bob", "carol", "dave", "nobody");
  private static final List<PolicyMask> MASKS =
      List.of(
          new PolicyMask("1", "ends", new Mask(1, 1, false, "*")),
          new PolicyMask("2", "ends again", new Mask(1, 1, false, "*")),
          new PolicyMask("3", "start", new Mask(2, 0, true, "#")));
  private static final List<DataElement> ELEMENTS =
      List.of(
          new DataElement("1", "token", new AlphaNumericToken(null, null, null, null, null)),
          new DataElement("2", "clear", new NoEnc(null)),
          new DataElement("3", "masked", new NoEnc("3")));

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void theServerTellsWhatANaiveEvaluatorFinds(@ForAll Random random) {
    compare(random);
  }

  @Tag("slow")
  @Property(tries = 100_000, shrinking = ShrinkingMode.OFF)
  void theServerTellsWhatANaiveEvaluatorFindsInOneHundredThousandPolicies(@ForAll Random random) {
    compare(random);
  }

  private static void compare(Random random) {
    PolicySnapshot policy = policy(random);
    AccessTable enforced = AccessTable.of(policy);
    var service = new AccessService(new Live(policy), new NamedPolicies());
    for (String user : ASKED) {
      MemberAccessView told = service.access(user, AccessDetail.SIMPLE);
      for (int i = 0; i < ELEMENTS.size(); i++) {
        DataElement element = ELEMENTS.get(i);
        Found found = naively(policy, user, element);
        assertThat(found(told.dataStores().get(0).dataElements().get(i)))
            .as("told of %s and %s by %s", user, element.name(), policy)
            .isEqualTo(found);
        assertThat(found(enforced.access(user, element.name())))
            .as("enforced of %s and %s by %s", user, element.name(), policy)
            .isEqualTo(found);
      }
    }
  }

  /** The rights, or the return code why there are none. */
  private record Found(
      Integer refusal, Permissions access, Mask mask, NoAccessOperation noAccessOperation) {}

  private static Found found(MemberAccessView.Element told) {
    return new Found(told.refusal(), told.access(), told.mask(), told.noAccessOperation());
  }

  private static Found found(Access enforced) {
    if (enforced instanceof AccessRefused refused) {
      return new Found(refused.code().number(), Permissions.NONE, null, null);
    }
    var granted = (ElementAccess) enforced;
    return new Found(null, granted.access(), granted.maskOrNull(), granted.noAccessOperation());
  }

  private static Found naively(PolicySnapshot policy, String user, DataElement element) {
    boolean known = false;
    boolean anyAllowsAll = false;
    List<Rule> own = new ArrayList<>();
    List<Rule> ofAll = new ArrayList<>();
    for (PolicyRole role : policy.roles()) {
      boolean member = role.users().stream().anyMatch(name -> name.equalsIgnoreCase(user));
      known |= member;
      anyAllowsAll |= role.allowAll();
      for (Rule rule : policy.rules()) {
        if (rule.role().equals(role.uid()) && rule.dataElement().equals(element.uid())) {
          if (member) {
            own.add(rule);
          }
          if (role.allowAll()) {
            ofAll.add(rule);
          }
        }
      }
    }
    List<Rule> rules = own.isEmpty() ? ofAll : own;
    if (rules.isEmpty()) {
      return new Found(known || anyAllowsAll ? 3 : 1, Permissions.NONE, null, null);
    }
    boolean protect = false;
    boolean reProtect = false;
    boolean unProtect = false;
    boolean clear = false;
    boolean contradicting = false;
    Mask mask = null;
    int mostPermissive = 0;
    for (Rule rule : rules) {
      Permissions granted = rule.permission().access();
      protect |= granted.protect();
      reProtect |= granted.reProtect();
      mostPermissive =
          Math.max(mostPermissive, OPERATIONS.indexOf(rule.noAccessOperation().name()));
      if (granted.unProtect()) {
        unProtect = true;
        Mask shown = shown(rule, element);
        clear |= shown == null;
        contradicting |= mask != null && shown != null && !same(mask, shown);
        mask = shown == null ? mask : shown;
      }
    }
    if (unProtect && !clear && contradicting) {
      return new Found(
          null, new Permissions(protect, reProtect, false), null, NoAccessOperation.NULL_VALUE);
    }
    return new Found(
        null,
        new Permissions(protect, reProtect, unProtect),
        unProtect && !clear ? mask : null,
        NoAccessOperation.valueOf(OPERATIONS.get(mostPermissive)));
  }

  private static Mask shown(Rule rule, DataElement element) {
    String uid = rule.mask();
    if (uid == null && element.name().equals("masked")) {
      uid = "3";
    }
    String wanted = uid;
    return MASKS.stream()
        .filter(mask -> mask.uid().equals(wanted))
        .findFirst()
        .map(PolicyMask::mask)
        .orElse(null);
  }

  private static boolean same(Mask one, Mask other) {
    return one.fromLeft() == other.fromLeft()
        && one.fromRight() == other.fromRight()
        && one.masked() == other.masked()
        && Objects.equals(one.character(), other.character());
  }

  private static PolicySnapshot policy(Random random) {
    List<PolicyRole> roles =
        IntStream.range(0, random.nextInt(5))
            .mapToObj(
                i ->
                    new PolicyRole(
                        Integer.toString(i + 1),
                        "role " + i,
                        random.nextInt(4) == 0,
                        USERS.stream().filter(user -> random.nextInt(3) == 0).toList()))
            .toList();
    List<Rule> rules =
        roles.isEmpty()
            ? List.of()
            : IntStream.range(0, random.nextInt(10))
                .mapToObj(i -> rule(random, roles.get(random.nextInt(roles.size()))))
                .toList();
    return new PolicySnapshot(ELEMENTS, MASKS, List.of(), roles, rules, List.of());
  }

  private static Rule rule(Random random, PolicyRole role) {
    DataElement element = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
    String[] masks = {null, null, Rule.CLEAR, "1", "2", "3"};
    NoAccessOperation[] operations = NoAccessOperation.values();
    int possible = element.method().protectedValueIsReturnable() ? operations.length : 2;
    return new Rule(
        role.uid(),
        element.uid(),
        masks[random.nextInt(masks.length)],
        operations[random.nextInt(possible)],
        new RulePermission(
            new Permissions(random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
            AuditFlags.NONE));
  }

  /** One data store with one policy. */
  private record Live(PolicySnapshot snapshot) implements LivePolicies {
    private static final StoreDefinition STORE = new StoreDefinition(1, "1", "store");

    @Override
    public List<LivePolicy> all() {
      return List.of(new LivePolicy(STORE, 1, snapshot, List.of()));
    }

    @Override
    public List<LiveRevision> revisions() {
      return List.of(new LiveRevision(STORE, 1));
    }
  }
}
