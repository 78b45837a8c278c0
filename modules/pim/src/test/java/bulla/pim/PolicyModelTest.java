package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.alphabet.AlphabetView;
import bulla.pim.alphabet.CodePointRange;
import bulla.pim.alphabet.CreateAlphabet;
import bulla.pim.application.ApplicationView;
import bulla.pim.application.WriteApplication;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.dataelement.DataElementView;
import bulla.pim.datastore.AddExportKey;
import bulla.pim.datastore.AddRange;
import bulla.pim.datastore.DataStoreView;
import bulla.pim.datastore.ExportKeyView;
import bulla.pim.datastore.RangeView;
import bulla.pim.datastore.WriteDataStore;
import bulla.pim.deployment.DeployStore;
import bulla.pim.deployment.DeployStores;
import bulla.pim.mask.MaskView;
import bulla.pim.mask.WriteMask;
import bulla.pim.object.Versioned;
import bulla.pim.policy.PolicyView;
import bulla.pim.policy.RuleView;
import bulla.pim.policy.WriteGrants;
import bulla.pim.policy.WritePolicy;
import bulla.pim.policy.WriteRule;
import bulla.pim.role.AddMember;
import bulla.pim.role.MemberType;
import bulla.pim.role.MemberView;
import bulla.pim.role.RoleMode;
import bulla.pim.role.RoleView;
import bulla.pim.role.WriteRole;
import bulla.protection.AlphaNumericToken;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.RulePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Random operations against a model of the rules in plain maps: what is refused, and with which
 * problem; uids, which are never used twice; names, which differ in more than case; who refers to
 * whom; what is deployed, to one data store or to several, and whether it is what is defined; which
 * addresses and keys belong to which data store, and which one is the default; what has changed
 * since a client read it. Server and model are compared after every operation.
 */
class PolicyModelTest {
  private static final List<String> NAMES = List.of("a", "A", "b", "B", "c", "d");
  private static final List<String> USERS = List.of("u1", "u2", "u3");
  private static final List<String> PUBLIC_KEYS =
      IntStream.range(0, 3).mapToObj(i -> PimOnDerby.publicKey()).toList();
  private static final List<NoAccessOperation> OPERATIONS = List.of(NoAccessOperation.values());

  /** What a client read of an object. */
  private record Read(String version, int state) {}

  /** Accepts an object as it was read, or in any state where no tag is given. */
  private static final class IfMatch implements LongConsumer, Consumer<String> {
    private final Read tag;

    IfMatch(Read tag) {
      this.tag = tag;
    }

    @Override
    public void accept(long version) {
      accept(Long.toString(version));
    }

    @Override
    public void accept(String version) {
      if (tag != null && !tag.version().equals(version)) {
        throw CommonProblem.PRECONDITION_FAILED.because("It has changed");
      }
    }
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void theServerDoesWhatTheModelDoes(@ForAll Random random) {
    run(random, 50);
  }

  @Tag("slow")
  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void theServerDoesWhatTheModelDoesForLong(@ForAll Random random) {
    run(random, 1500);
  }

  private static void run(Random random, int operations) {
    try (var server = new PimOnDerby()) {
      withSource(server);
      var model = new Model();
      for (int i = 0; i < operations; i++) {
        String done = step(random, server, model);
        assertThat(seen(server)).as("after operation %d, %s", i, done).isEqualTo(model.seen());
      }
    }
  }

  private static void withSource(PimOnDerby server) {
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into pim_source (version, name, name_key, source_type)"
              + " values (1, 'directory', 'directory', 'FILE')");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    server.source("1", USERS, Map.of());
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
    String object = kind + " " + uid;
    String rule = "rule " + uid + " " + role + " " + element;
    boolean ofRule = random.nextBoolean();
    Read tag = random.nextBoolean() ? model.tags.get(ofRule ? rule : object) : null;
    return switch (random.nextInt(17)) {
      case 0, 1, 2 ->
          same(
              "create " + kind + " " + name + " " + mask,
              () -> create(server, kind, name, mask, flag),
              () -> model.create(kind, name, mask, flag));
      case 3 ->
          kind.equals("element") || kind.equals("alphabet")
              ? "nothing"
              : same(
                  "rename " + kind + " " + uid + " " + name,
                  () -> rename(server, kind, uid, name, flag, ofRule ? null : tag),
                  () -> model.rename(kind, uid, name, flag, ofRule ? null : tag));
      case 4 ->
          same(
              "delete " + kind + " " + uid,
              () -> delete(server, kind, uid, ofRule ? null : tag),
              () -> model.delete(kind, uid, ofRule ? null : tag));
      case 5, 6, 7 -> {
        boolean create = random.nextInt(3) > 0;
        var wanted =
            new WriteRule(
                role,
                element,
                mask.isEmpty() ? null : mask,
                pick(random, OPERATIONS),
                new WriteGrants(
                    permissions(random), new AuditFlags(permissions(random), permissions(random))));
        Read read = ofRule ? tag : null;
        yield same(
            (create ? "" : "change ") + rule + " " + content(wanted),
            () -> rule(server, create, uid, wanted, read),
            () -> model.rule(create, uid, wanted, read));
      }
      case 8 ->
          same(
              "delete " + rule,
              () ->
                  call(
                      server,
                      "policy.RuleService",
                      "delete",
                      uid,
                      role,
                      element,
                      new IfMatch(ofRule ? tag : null)),
              () -> model.deleteRule(uid, role, element, ofRule ? tag : null));
      case 9 -> {
        String user = pick(random, USERS);
        yield flag
            ? same(
                "add member " + role + " " + user,
                () ->
                    call(
                        server,
                        "role.MemberAdding",
                        "add",
                        role,
                        List.of(new AddMember(user, "1", MemberType.USER))),
                () -> model.addMember(role, user))
            : same(
                "remove member " + role + " " + uid,
                () -> call(server, "role.MemberService", "remove", role, uid),
                () -> model.remove("role", role, "member", uid));
      }
      case 10 -> {
        int from = 1 + random.nextInt(9);
        int to = from + random.nextInt(3);
        yield flag
            ? same(
                "add range " + element + " " + from + " " + to,
                () ->
                    call(
                        server,
                        "datastore.RangeService",
                        "add",
                        element,
                        new AddRange("10.0.0." + from, "10.0.0." + to)),
                () -> model.addRange(element, from, to))
            : same(
                "remove range " + element + " " + uid,
                () -> call(server, "datastore.RangeService", "remove", element, uid),
                () -> model.remove("store", element, "range", uid));
      }
      case 11 -> {
        int key = random.nextInt(PUBLIC_KEYS.size());
        yield flag
            ? same(
                "add key " + element + " " + key,
                () ->
                    call(
                        server,
                        "datastore.ExportKeyService",
                        "add",
                        element,
                        new AddExportKey("RSA-OAEP-256", null, PUBLIC_KEYS.get(key))),
                () -> model.addKey(element, key))
            : same(
                "remove key " + element + " " + uid,
                () -> call(server, "datastore.ExportKeyService", "remove", element, uid),
                () -> model.remove("store", element, "key", uid));
      }
      case 12, 13 -> {
        List<String> policies = some(random);
        List<String> applications = some(random);
        yield same(
            "deploy " + uid + " " + policies + " " + applications,
            () -> server.deploy(uid, new DeployStore(policies, applications)),
            () -> model.deploy(uid, policies, applications));
      }
      case 14 -> {
        var wanted =
            new DeployStores(
                IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(
                        i ->
                            new DeployStores.Named(
                                Integer.toString(1 + random.nextInt(4)),
                                some(random),
                                some(random)))
                    .toList());
        yield same("deploy " + wanted, () -> server.deploy(wanted), () -> model.deploy(wanted));
      }
      case 15 ->
          same("read " + object, () -> read(server, model, kind, uid), () -> model.read(kind, uid));
      default ->
          same(
              "read " + rule,
              () -> readRule(server, model, uid, role, element),
              () -> model.has("policy", uid) ? "" : "OBJECT_NOT_FOUND");
    };
  }

  private static Permissions permissions(Random random) {
    return new Permissions(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
  }

  private static void read(PimOnDerby server, Model model, String kind, String uid) {
    var found = (Versioned<?>) server.call(service(kind), "get", uid);
    model.tags.put(kind + " " + uid, model.tag(kind + " " + uid, found.version()));
  }

  private static void readRule(
      PimOnDerby server, Model model, String policy, String role, String element) {
    String rule = "rule " + policy + " " + role + " " + element;
    for (Versioned<?> found :
        server.list(Versioned.class, "policy.RuleService", "list", policy, role, element)) {
      model.tags.put(rule, model.tag(rule, found.version()));
    }
  }

  private static List<String> some(Random random) {
    List<String> uids = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      uids.add(Integer.toString(1 + random.nextInt(4)));
    }
    return uids;
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
      case "application" -> "application.ApplicationService";
      case "alphabet" -> "alphabet.AlphabetService";
      default -> "datastore.DataStoreService";
    };
  }

  private static Object wanted(String kind, String name, String mask, boolean flag) {
    return switch (kind) {
      case "role" -> new WriteRole(name, null, RoleMode.MANUAL, flag);
      case "mask" -> new WriteMask(name, null, 1, 0, true, "*");
      case "element" -> new CreateDataElement(name, null, method(mask));
      case "policy" -> new WritePolicy(name, null, null);
      case "application" -> new WriteApplication(name, null, "com.example." + flag, "batch");
      case "alphabet" ->
          new CreateAlphabet(
              name,
              null,
              mask.isEmpty() || mask.equals("0") ? List.of() : List.of(mask),
              List.of(new CodePointRange("0041", "005A")),
              List.of());
      default -> new WriteDataStore(name, null, flag);
    };
  }

  private static ProtectionMethod method(String mask) {
    return mask.isEmpty()
        ? new AlphaNumericToken(null, null, null, null, null)
        : new NoEnc(mask.equals("0") ? null : mask);
  }

  private static void create(
      PimOnDerby server, String kind, String name, String mask, boolean flag) {
    call(server, service(kind), "create", wanted(kind, name, mask, flag));
  }

  private static void rename(
      PimOnDerby server, String kind, String uid, String name, boolean flag, Read tag) {
    call(server, service(kind), "change", uid, wanted(kind, name, "", flag), new IfMatch(tag));
  }

  private static void delete(PimOnDerby server, String kind, String uid, Read tag) {
    call(server, service(kind), "delete", uid, new IfMatch(tag));
  }

  private static void rule(
      PimOnDerby server, boolean create, String policy, WriteRule rule, Read tag) {
    if (create) {
      call(server, "policy.RuleService", "create", policy, rule);
    } else {
      call(server, "policy.RuleService", "change", policy, rule, new IfMatch(tag));
    }
  }

  /** All of a rule but its key, the mask first. */
  private static String content(WriteRule rule) {
    return content(
        rule.mask(),
        rule.noAccessOperation(),
        new RulePermission(rule.permission().access(), rule.permission().audit()));
  }

  private static String content(
      String mask, NoAccessOperation operation, RulePermission permission) {
    return (mask == null ? "" : mask) + " " + operation + " " + permission;
  }

  /** All that the lists of the server show. */
  private static Map<String, Object> seen(PimOnDerby server) {
    Map<String, Object> seen = new TreeMap<>();
    server
        .list(RoleView.class, "role.RoleService", "list", (Object) null)
        .forEach(
            one -> {
              seen.put("role " + one.uid(), one.name() + " " + one.allowAll());
              server
                  .list(MemberView.class, "role.MemberService", "list", one.uid())
                  .forEach(
                      member ->
                          seen.put("member " + member.uid(), one.uid() + " " + member.name()));
            });
    server
        .list(MaskView.class, "mask.MaskService", "list", (Object) null)
        .forEach(one -> seen.put("mask " + one.uid(), one.name()));
    server
        .list(DataElementView.class, "dataelement.DataElementService", "list", (Object) null)
        .forEach(one -> seen.put("element " + one.uid(), one.name()));
    server
        .list(DataStoreView.class, "datastore.DataStoreService", "list", (Object) null)
        .forEach(
            one -> {
              seen.put("store " + one.uid(), one.name() + " " + one.asDefault());
              server
                  .list(RangeView.class, "datastore.RangeService", "list", one.uid())
                  .forEach(
                      range ->
                          seen.put(
                              "range " + range.uid(),
                              one.uid() + " " + range.from() + " " + range.to()));
              server
                  .list(ExportKeyView.class, "datastore.ExportKeyService", "list", one.uid())
                  .forEach(key -> seen.put("key " + key.uid(), one.uid()));
            });
    server
        .list(ApplicationView.class, "application.ApplicationService", "list", (Object) null)
        .forEach(
            one -> seen.put("application " + one.uid(), one.name() + " " + one.applicationName()));
    server
        .list(AlphabetView.class, "alphabet.AlphabetService", "list", (Object) null)
        .forEach(one -> seen.put("alphabet " + one.uid(), one.label()));
    for (PolicyView policy :
        server.list(PolicyView.class, "policy.PolicyService", "list", (Object) null)) {
      seen.put("policy " + policy.uid(), policy.name());
      for (Object rule :
          (List<?>) server.call("policy.RuleService", "list", policy.uid(), null, null)) {
        RuleView view = (RuleView) ((Versioned<?>) rule).view();
        seen.put(
            "rule " + policy.uid() + " " + view.role() + " " + view.dataElement(),
            content(view.mask(), view.noAccessOperation(), view.permission()));
      }
    }
    var deployed = server.deployed();
    deployed
        .dataStores()
        .forEach(
            store ->
                seen.put(
                    "deployed " + store.uid(),
                    store.revision()
                        + " "
                        + store.policies()
                        + " "
                        + store.applications()
                        + " "
                        + store.state()));
    return seen;
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The rules of policy management, as a reader of their description would write them down. */
  private static final class Model {
    static final List<String> KINDS =
        List.of("role", "mask", "element", "policy", "store", "application", "alphabet");

    private final Map<String, NavigableMap<Integer, String>> names = new HashMap<>();
    private final Map<String, Integer> lastUids = new HashMap<>();

    /** The method of each data element: empty for a token, else the mask of noEnc. */
    private final Map<String, String> methods = new HashMap<>();

    /** What a name does not tell: whether a role allows all, what an application is called. */
    private final Map<String, String> details = new HashMap<>();

    /** The part of each alphabet that has one. */
    private final Map<String, String> parts = new HashMap<>();

    /** Members of roles, ranges and keys of stores: the uid of the owner and what it is. */
    private final Map<String, NavigableMap<Integer, Owned>> owned = new HashMap<>();

    private final TreeMap<String, String> rules = new TreeMap<>();
    private final TreeMap<Integer, Live> live = new TreeMap<>();

    /** The state of each object and rule, a number that no other state of anything ever has. */
    private final Map<String, Integer> states = new HashMap<>();

    private int lastState;

    /** What clients have read, in whichever state it was then. */
    private final Map<String, Read> tags = new HashMap<>();

    Read tag(String object, String version) {
      return new Read(version, states.get(object));
    }

    String read(String kind, String uid) {
      return has(kind, uid) ? "" : "OBJECT_NOT_FOUND";
    }

    private void changed(String object) {
      states.put(object, ++lastState);
    }

    private boolean isStale(String object, Read tag) {
      return tag != null && tag.state() != states.get(object);
    }

    private record Live(
        int revision, List<String> policies, List<String> applications, String definition) {
      boolean isEmpty() {
        return policies.isEmpty() && applications.isEmpty();
      }
    }

    private record Owned(String owner, String what) {}

    String addMember(String role, String user) {
      if (!has("role", role)) {
        return "OBJECT_NOT_FOUND";
      }
      var member = new Owned(role, user);
      if (ownedOf("member").containsValue(member)) {
        return "ALREADY_EXISTS";
      }
      ownedOf("member").put(lastUids.merge("member", 1, Integer::sum), member);
      return "";
    }

    String addRange(String store, int from, int to) {
      if (!has("store", store)) {
        return "OBJECT_NOT_FOUND";
      }
      for (Owned range : ownedOf("range").values()) {
        if (Integer.parseInt(part(range.what(), 0).substring("10.0.0.".length())) <= to
            && Integer.parseInt(part(range.what(), 1).substring("10.0.0.".length())) >= from) {
          return "RANGE_OVERLAPS";
        }
      }
      ownedOf("range")
          .put(
              lastUids.merge("range", 1, Integer::sum),
              new Owned(store, "10.0.0." + from + " 10.0.0." + to));
      return "";
    }

    String addKey(String store, int key) {
      if (!has("store", store)) {
        return "OBJECT_NOT_FOUND";
      }
      if (ownedOf("key").values().stream().anyMatch(one -> one.what().equals("key" + key))) {
        return "ALREADY_EXISTS";
      }
      ownedOf("key").put(lastUids.merge("key", 1, Integer::sum), new Owned(store, "key" + key));
      return "";
    }

    String remove(String ownerKind, String owner, String kind, String uid) {
      Owned found = ownedOf(kind).get(Integer.valueOf(uid));
      if (!has(ownerKind, owner) || found == null || !found.owner().equals(owner)) {
        return "OBJECT_NOT_FOUND";
      }
      ownedOf(kind).remove(Integer.valueOf(uid));
      return "";
    }

    private NavigableMap<Integer, Owned> ownedOf(String kind) {
      return owned.computeIfAbsent(kind, any -> new TreeMap<>());
    }

    private boolean owns(String kind, String owner) {
      return ownedOf(kind).values().stream().anyMatch(one -> one.owner().equals(owner));
    }

    private void detail(String kind, String uid, boolean flag) {
      switch (kind) {
        case "role" -> details.put("role " + uid, " " + flag);
        case "application" -> details.put("application " + uid, " com.example." + flag);
        case "store" -> {
          if (flag) {
            of("store").keySet().forEach(store -> loseDefault(store.toString(), uid));
          }
          details.put("store " + uid, " " + flag);
        }
        default -> details.put(kind + " " + uid, "");
      }
    }

    private void loseDefault(String store, String to) {
      if (!store.equals(to) && " true".equals(details.put("store " + store, " false"))) {
        changed("store " + store);
      }
    }

    String create(String kind, String name, String mask, boolean flag) {
      if (taken(kind, name, "")) {
        return "ALREADY_EXISTS";
      }
      if (kind.equals("element") && !mask.isEmpty() && !mask.equals("0") && !has("mask", mask)) {
        return "UNKNOWN_REFERENCE";
      }
      boolean hasPart = kind.equals("alphabet") && !mask.isEmpty() && !mask.equals("0");
      if (hasPart && !has("alphabet", mask)) {
        return "UNKNOWN_REFERENCE";
      }
      int uid = lastUids.merge(kind, 1, Integer::sum);
      of(kind).put(uid, name);
      detail(kind, Integer.toString(uid), flag);
      changed(kind + " " + uid);
      if (hasPart) {
        parts.put(Integer.toString(uid), mask);
      }
      if (kind.equals("element")) {
        methods.put(Integer.toString(uid), mask);
      }
      return "";
    }

    String rename(String kind, String uid, String name, boolean flag, Read tag) {
      if (!has(kind, uid)) {
        return "OBJECT_NOT_FOUND";
      }
      if (isStale(kind + " " + uid, tag)) {
        return "PRECONDITION_FAILED";
      }
      if (taken(kind, name, uid)) {
        return "ALREADY_EXISTS";
      }
      String before = of(kind).put(Integer.valueOf(uid), name) + details.get(kind + " " + uid);
      detail(kind, uid, flag);
      if (!before.equals(name + details.get(kind + " " + uid))) {
        changed(kind + " " + uid);
      }
      return "";
    }

    String delete(String kind, String uid, Read tag) {
      if (!has(kind, uid)) {
        return "OBJECT_NOT_FOUND";
      }
      if (isStale(kind + " " + uid, tag)) {
        return "PRECONDITION_FAILED";
      }
      boolean used =
          switch (kind) {
            case "role" ->
                rules.keySet().stream().anyMatch(key -> part(key, 1).equals(uid))
                    || live.values().stream()
                        .anyMatch(one -> one.definition().contains("<role " + uid + " "));
            case "application" ->
                live.values().stream().anyMatch(one -> one.applications().contains(uid));
            case "alphabet" -> parts.containsValue(uid);
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
                owns("range", uid)
                    || owns("key", uid)
                    || (live.containsKey(Integer.valueOf(uid))
                        && !live.get(Integer.valueOf(uid)).isEmpty());
          };
      if (used) {
        return "IN_USE";
      }
      of(kind).remove(Integer.valueOf(uid));
      if (kind.equals("alphabet")) {
        parts.remove(uid);
      }
      if (kind.equals("role")) {
        ownedOf("member").values().removeIf(member -> member.owner().equals(uid));
      }
      if (kind.equals("policy")) {
        rules.keySet().removeIf(key -> part(key, 0).equals(uid));
      }
      return "";
    }

    String rule(boolean create, String policy, WriteRule wanted, Read tag) {
      String element = wanted.dataElement();
      String mask = wanted.mask() == null ? "" : wanted.mask();
      if (!has("policy", policy)) {
        return "OBJECT_NOT_FOUND";
      }
      if (!has("role", wanted.role()) || !has("element", element)) {
        return "UNKNOWN_REFERENCE";
      }
      if (wanted.noAccessOperation() == NoAccessOperation.PROTECTED_VALUE
          && !methods.get(element).isEmpty()) {
        return "PROTECTED_VALUE_REFUSED";
      }
      String key = policy + " " + wanted.role() + " " + element;
      if (create == rules.containsKey(key)) {
        return create ? "ALREADY_EXISTS" : "OBJECT_NOT_FOUND";
      }
      if (!create && isStale("rule " + key, tag)) {
        return "PRECONDITION_FAILED";
      }
      if (!mask.isEmpty() && !mask.equals("0") && !has("mask", mask)) {
        return "UNKNOWN_REFERENCE";
      }
      String content = content(wanted);
      if (!content.equals(rules.put(key, content))) {
        changed("rule " + key);
      }
      return "";
    }

    String deleteRule(String policy, String role, String element, Read tag) {
      String key = policy + " " + role + " " + element;
      if (!has("policy", policy) || !rules.containsKey(key)) {
        return "OBJECT_NOT_FOUND";
      }
      if (isStale("rule " + key, tag)) {
        return "PRECONDITION_FAILED";
      }
      rules.remove(key);
      return "";
    }

    String deploy(String store, List<String> policies, List<String> applications) {
      return has("store", store)
          ? deploy(new DeployStores(List.of(new DeployStores.Named(store, policies, applications))))
          : "OBJECT_NOT_FOUND";
    }

    String deploy(DeployStores wanted) {
      Map<String, DeployStores.Named> deploying = new LinkedHashMap<>();
      for (DeployStores.Named one : wanted.dataStores()) {
        if (!has("store", one.uid())) {
          return "UNKNOWN_REFERENCE";
        }
        if (deploying.put(one.uid(), one) != null) {
          return "REPEATED";
        }
        String wrong = named("policy", one.policies()) + named("application", one.applications());
        if (!wrong.isEmpty()) {
          return wrong.split(" ", -1)[0];
        }
      }
      Set<String> elsewhere = new HashSet<>();
      live.forEach(
          (store, one) -> {
            if (!deploying.containsKey(store.toString())) {
              elsewhere.addAll(one.applications());
            }
          });
      for (DeployStores.Named one : deploying.values()) {
        for (String application : one.applications()) {
          if (!elsewhere.add(application)) {
            return "APPLICATION_ELSEWHERE";
          }
        }
      }
      deploying.values().forEach(this::put);
      return "";
    }

    private void put(DeployStores.Named one) {
      List<String> policies = one.policies().stream().sorted().toList();
      List<String> applications = one.applications().stream().sorted().toList();
      Live former = live.get(Integer.valueOf(one.uid()));
      live.put(
          Integer.valueOf(one.uid()),
          new Live(
              former == null ? 1 : former.revision() + 1,
              policies,
              applications,
              definition(policies, applications)));
    }

    /** The first thing that is wrong with a list, and a blank. */
    private String named(String kind, List<String> uids) {
      for (int i = 0; i < uids.size(); i++) {
        if (!has(kind, uids.get(i))) {
          return "UNKNOWN_REFERENCE ";
        }
        if (uids.subList(0, i).contains(uids.get(i))) {
          return "REPEATED ";
        }
      }
      return "";
    }

    Map<String, Object> seen() {
      Map<String, Object> seen = new TreeMap<>();
      KINDS.forEach(
          kind ->
              of(kind)
                  .forEach(
                      (uid, name) ->
                          seen.put(kind + " " + uid, name + details.get(kind + " " + uid))));
      rules.forEach((key, rule) -> seen.put("rule " + key, rule));
      for (String kind : List.of("member", "range", "key")) {
        ownedOf(kind)
            .forEach(
                (uid, one) ->
                    seen.put(
                        kind + " " + uid,
                        one.owner() + (kind.equals("key") ? "" : " " + one.what())));
      }
      of("store")
          .keySet()
          .forEach(
              store -> {
                Live one = live.get(store);
                seen.put(
                    "deployed " + store,
                    one == null
                        ? "null [] [] PENDING"
                        : one.revision()
                            + " "
                            + one.policies()
                            + " "
                            + one.applications()
                            + " "
                            + (definition(one.policies(), one.applications())
                                    .equals(one.definition())
                                ? "DEPLOYED"
                                : "PENDING"));
              });
      return seen;
    }

    /** All that protectors would be told: rules, and the names and masks behind them. */
    private String definition(List<String> policies, List<String> applications) {
      var told = new ArrayList<String>();
      for (String application : applications) {
        told.add(
            "<application "
                + application
                + " "
                + of("application").get(Integer.valueOf(application))
                + details.get("application " + application)
                + ">");
      }
      rules.forEach(
          (key, rule) -> {
            if (policies.contains(part(key, 0))) {
              String element = part(key, 2);
              told.add(
                  "<role %s %s%s%s><element %s %s %s><mask %s><mask %s><%s>"
                      .formatted(
                          part(key, 1),
                          of("role").get(Integer.valueOf(part(key, 1))),
                          details.get("role " + part(key, 1)),
                          members(part(key, 1)),
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

    private List<String> members(String role) {
      return ownedOf("member").values().stream()
          .filter(member -> member.owner().equals(role))
          .map(Owned::what)
          .sorted()
          .toList();
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
