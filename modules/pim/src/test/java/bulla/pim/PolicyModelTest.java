package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.problem.Problem;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.dataelement.DataElementView;
import bulla.pim.datastore.DataStoreView;
import bulla.pim.datastore.WriteDataStore;
import bulla.pim.deployment.DeployStore;
import bulla.pim.mask.MaskView;
import bulla.pim.mask.WriteMask;
import bulla.pim.object.Versioned;
import bulla.pim.policy.PolicyView;
import bulla.pim.policy.RuleView;
import bulla.pim.policy.WriteGrants;
import bulla.pim.policy.WritePolicy;
import bulla.pim.policy.WriteRule;
import bulla.pim.role.RoleMode;
import bulla.pim.role.RoleView;
import bulla.pim.role.WriteRole;
import bulla.protection.AlphaNumericToken;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Random operations against a model of the rules in plain maps: what is refused, and with which
 * problem; uids, which are never used twice; names, which differ in more than case; who refers to
 * whom; what is deployed, and whether it is what is defined. Server and model are compared after
 * every operation.
 */
class PolicyModelTest {
  private static final List<String> NAMES = List.of("a", "A", "b", "B", "c", "d");
  private static final LongConsumer ANY_VERSION = new PimOnDerby.AnyVersion();

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void theServerDoesWhatTheModelDoes(@ForAll Random random) {
    run(random, 80);
  }

  @Tag("slow")
  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void theServerDoesWhatTheModelDoesForLong(@ForAll Random random) {
    run(random, 1500);
  }

  private static void run(Random random, int operations) {
    try (var server = new PimOnDerby()) {
      var model = new Model();
      for (int i = 0; i < operations; i++) {
        String done = step(random, server, model);
        assertThat(seen(server)).as("after operation %d, %s", i, done).isEqualTo(model.seen());
      }
    }
  }

  /** Does one operation on both sides and compares what comes of it. */
  private static String step(Random random, PimOnDerby server, Model model) {
    String kind = pick(random, Model.KINDS);
    String name = pick(random, NAMES);
    String uid = Integer.toString(1 + random.nextInt(6));
    String role = Integer.toString(1 + random.nextInt(4));
    String element = Integer.toString(1 + random.nextInt(4));
    String mask = pick(random, List.of("", "0", "1", "2", "3"));
    boolean flag = random.nextBoolean();
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          same(
              "create " + kind + " " + name + " " + mask,
              () -> create(server, kind, name, mask),
              () -> model.create(kind, name, mask));
      case 3 ->
          kind.equals("element")
              ? "nothing"
              : same(
                  "rename " + kind + " " + uid + " " + name,
                  () -> rename(server, kind, uid, name),
                  () -> model.rename(kind, uid, name));
      case 4 ->
          same(
              "delete " + kind + " " + uid,
              () -> delete(server, kind, uid),
              () -> model.delete(kind, uid));
      case 5, 6, 7 -> {
        boolean create = random.nextInt(3) > 0;
        yield same(
            (create ? "rule " : "change rule ") + uid + " " + role + " " + element + " " + mask,
            () -> rule(server, create, uid, role, element, mask, flag),
            () -> model.rule(create, uid, role, element, mask, flag));
      }
      case 8 ->
          same(
              "delete rule " + uid + " " + role + " " + element,
              () -> call(server, "policy.RuleService", "delete", uid, role, element, ANY_VERSION),
              () -> model.deleteRule(uid, role, element));
      default -> {
        List<String> policies = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          policies.add(Integer.toString(1 + random.nextInt(4)));
        }
        yield same(
            "deploy " + uid + " " + policies,
            () -> server.deploy(uid, new DeployStore(policies, List.of())),
            () -> model.deploy(uid, policies));
      }
    };
  }

  /** What a change comes to: the code of a problem, or nothing. */
  private static String same(String what, Runnable onServer, Supplier<String> onModel) {
    String outcome = "";
    try {
      onServer.run();
    } catch (Problem refused) {
      outcome = refused.type().name();
    }
    assertThat(outcome).as(what).isEqualTo(onModel.get());
    return what + " " + outcome;
  }

  private static void call(PimOnDerby server, String service, String method, Object... arguments) {
    server.call(service, method, arguments);
  }

  private static String service(String kind) {
    return switch (kind) {
      case "role" -> "role.RoleService";
      case "mask" -> "mask.MaskService";
      case "element" -> "dataelement.DataElementService";
      case "policy" -> "policy.PolicyService";
      default -> "datastore.DataStoreService";
    };
  }

  private static Object wanted(String kind, String name, String mask) {
    return switch (kind) {
      case "role" -> new WriteRole(name, null, RoleMode.MANUAL, false);
      case "mask" -> new WriteMask(name, null, 1, 0, true, "*");
      case "element" -> new CreateDataElement(name, null, method(mask));
      case "policy" -> new WritePolicy(name, null, null);
      default -> new WriteDataStore(name, null, false);
    };
  }

  private static ProtectionMethod method(String mask) {
    return mask.isEmpty()
        ? new AlphaNumericToken(null, null, null, null, null)
        : new NoEnc(mask.equals("0") ? null : mask);
  }

  private static void create(PimOnDerby server, String kind, String name, String mask) {
    call(server, service(kind), "create", wanted(kind, name, mask));
  }

  private static void rename(PimOnDerby server, String kind, String uid, String name) {
    call(server, service(kind), "change", uid, wanted(kind, name, ""), ANY_VERSION);
  }

  private static void delete(PimOnDerby server, String kind, String uid) {
    call(server, service(kind), "delete", uid, ANY_VERSION);
  }

  private static void rule(
      PimOnDerby server,
      boolean create,
      String policy,
      String role,
      String element,
      String mask,
      boolean protect) {
    var rule =
        new WriteRule(
            role,
            element,
            mask.isEmpty() ? null : mask,
            protect ? NoAccessOperation.PROTECTED_VALUE : NoAccessOperation.EXCEPTION,
            new WriteGrants(new Permissions(protect, false, true), AuditFlags.NONE));
    if (create) {
      call(server, "policy.RuleService", "create", policy, rule);
    } else {
      call(server, "policy.RuleService", "change", policy, rule, ANY_VERSION);
    }
  }

  /** All that the lists of the server show. */
  private static Map<String, Object> seen(PimOnDerby server) {
    Map<String, Object> seen = new TreeMap<>();
    server
        .list(RoleView.class, "role.RoleService", "list", (Object) null)
        .forEach(one -> seen.put("role " + one.uid(), one.name()));
    server
        .list(MaskView.class, "mask.MaskService", "list", (Object) null)
        .forEach(one -> seen.put("mask " + one.uid(), one.name()));
    server
        .list(DataElementView.class, "dataelement.DataElementService", "list", (Object) null)
        .forEach(one -> seen.put("element " + one.uid(), one.name()));
    server
        .list(DataStoreView.class, "datastore.DataStoreService", "list", (Object) null)
        .forEach(one -> seen.put("store " + one.uid(), one.name()));
    for (PolicyView policy :
        server.list(PolicyView.class, "policy.PolicyService", "list", (Object) null)) {
      seen.put("policy " + policy.uid(), policy.name());
      for (Object rule :
          (List<?>) server.call("policy.RuleService", "list", policy.uid(), null, null)) {
        RuleView view = (RuleView) ((Versioned<?>) rule).view();
        seen.put(
            "rule " + policy.uid() + " " + view.role() + " " + view.dataElement(),
            (view.mask() == null ? "" : view.mask()) + " " + view.permission().access().protect());
      }
    }
    var deployed = server.deployed();
    deployed
        .dataStores()
        .forEach(
            store ->
                seen.put(
                    "deployed " + store.uid(),
                    store.revision() + " " + store.policies() + " " + store.state()));
    return seen;
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The rules of policy management, as a reader of their description would write them down. */
  private static final class Model {
    static final List<String> KINDS = List.of("role", "mask", "element", "policy", "store");

    private final Map<String, NavigableMap<Integer, String>> names = new HashMap<>();
    private final Map<String, Integer> lastUids = new HashMap<>();

    /** The method of each data element: empty for a token, else the mask of noEnc. */
    private final Map<String, String> methods = new HashMap<>();

    private final TreeMap<String, String> rules = new TreeMap<>();
    private final TreeMap<Integer, Live> live = new TreeMap<>();

    private record Live(int revision, List<String> policies, String definition) {}

    String create(String kind, String name, String mask) {
      if (taken(kind, name, "")) {
        return "ALREADY_EXISTS";
      }
      if (kind.equals("element") && !mask.isEmpty() && !mask.equals("0") && !has("mask", mask)) {
        return "UNKNOWN_REFERENCE";
      }
      int uid = lastUids.merge(kind, 1, Integer::sum);
      of(kind).put(uid, name);
      if (kind.equals("element")) {
        methods.put(Integer.toString(uid), mask);
      }
      return "";
    }

    String rename(String kind, String uid, String name) {
      if (!has(kind, uid)) {
        return "OBJECT_NOT_FOUND";
      }
      if (taken(kind, name, uid)) {
        return "ALREADY_EXISTS";
      }
      of(kind).put(Integer.valueOf(uid), name);
      return "";
    }

    String delete(String kind, String uid) {
      if (!has(kind, uid)) {
        return "OBJECT_NOT_FOUND";
      }
      boolean used =
          switch (kind) {
            case "role" -> rules.keySet().stream().anyMatch(key -> part(key, 1).equals(uid));
            case "mask" ->
                rules.values().stream().anyMatch(rule -> part(rule, 0).equals(uid))
                    || of("element").keySet().stream()
                        .anyMatch(element -> methods.get(element.toString()).equals(uid));
            case "element" ->
                rules.keySet().stream().anyMatch(key -> part(key, 2).equals(uid))
                    || live.values().stream()
                        .anyMatch(one -> one.definition().contains("<element " + uid + " "));
            case "policy" -> live.values().stream().anyMatch(one -> one.policies().contains(uid));
            default ->
                live.containsKey(Integer.valueOf(uid))
                    && !live.get(Integer.valueOf(uid)).policies().isEmpty();
          };
      if (used) {
        return "IN_USE";
      }
      of(kind).remove(Integer.valueOf(uid));
      if (kind.equals("policy")) {
        rules.keySet().removeIf(key -> part(key, 0).equals(uid));
      }
      return "";
    }

    String rule(
        boolean create,
        String policy,
        String role,
        String element,
        String mask,
        boolean protectedValue) {
      if (!has("policy", policy)) {
        return "OBJECT_NOT_FOUND";
      }
      if (!has("role", role) || !has("element", element)) {
        return "UNKNOWN_REFERENCE";
      }
      if (protectedValue && !methods.get(element).isEmpty()) {
        return "PROTECTED_VALUE_REFUSED";
      }
      String key = policy + " " + role + " " + element;
      if (create == rules.containsKey(key)) {
        return create ? "ALREADY_EXISTS" : "OBJECT_NOT_FOUND";
      }
      if (!mask.isEmpty() && !mask.equals("0") && !has("mask", mask)) {
        return "UNKNOWN_REFERENCE";
      }
      rules.put(key, mask + " " + protectedValue);
      return "";
    }

    String deleteRule(String policy, String role, String element) {
      return has("policy", policy) && rules.remove(policy + " " + role + " " + element) != null
          ? ""
          : "OBJECT_NOT_FOUND";
    }

    String deploy(String store, List<String> policies) {
      if (!has("store", store)) {
        return "OBJECT_NOT_FOUND";
      }
      for (int i = 0; i < policies.size(); i++) {
        if (!has("policy", policies.get(i))) {
          return "UNKNOWN_REFERENCE";
        }
        if (policies.subList(0, i).contains(policies.get(i))) {
          return "REPEATED";
        }
      }
      List<String> sorted = policies.stream().sorted().toList();
      Live former = live.get(Integer.valueOf(store));
      live.put(
          Integer.valueOf(store),
          new Live(former == null ? 1 : former.revision() + 1, sorted, definition(sorted)));
      return "";
    }

    Map<String, Object> seen() {
      Map<String, Object> seen = new TreeMap<>();
      KINDS.forEach(kind -> of(kind).forEach((uid, name) -> seen.put(kind + " " + uid, name)));
      rules.forEach((key, rule) -> seen.put("rule " + key, rule));
      of("store")
          .keySet()
          .forEach(
              store -> {
                Live one = live.get(store);
                seen.put(
                    "deployed " + store,
                    one == null
                        ? "null [] PENDING"
                        : one.revision()
                            + " "
                            + one.policies()
                            + " "
                            + (definition(one.policies()).equals(one.definition())
                                ? "DEPLOYED"
                                : "PENDING"));
              });
      return seen;
    }

    /** All that protectors would be told: rules, and the names and masks behind them. */
    private String definition(List<String> policies) {
      var told = new ArrayList<String>();
      rules.forEach(
          (key, rule) -> {
            if (policies.contains(part(key, 0))) {
              String element = part(key, 2);
              told.add(
                  "<role %s %s><element %s %s %s><mask %s><mask %s><%s>"
                      .formatted(
                          part(key, 1),
                          of("role").get(Integer.valueOf(part(key, 1))),
                          element,
                          of("element").get(Integer.valueOf(element)),
                          methods.get(element),
                          mask(methods.get(element)),
                          mask(part(rule, 0)),
                          rule));
            }
          });
      return told.stream().sorted().toList().toString();
    }

    private String mask(String uid) {
      return uid.isEmpty() || uid.equals("0")
          ? uid
          : uid + " " + of("mask").get(Integer.valueOf(uid));
    }

    private NavigableMap<Integer, String> of(String kind) {
      return names.computeIfAbsent(kind, any -> new TreeMap<>());
    }

    private boolean has(String kind, String uid) {
      return of(kind).containsKey(Integer.valueOf(uid));
    }

    private boolean taken(String kind, String name, String butNotBy) {
      return of(kind).entrySet().stream()
          .anyMatch(
              one ->
                  !one.getKey().toString().equals(butNotBy)
                      && one.getValue()
                          .toLowerCase(Locale.ROOT)
                          .equals(name.toLowerCase(Locale.ROOT)));
    }

    private static String part(String text, int number) {
      return text.split(" ", -1)[number];
    }
  }
}
