package bulla.resilientpackage.access;

import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.UserNames;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Works out an {@link AccessTable}. Users with the same roles have the same rights, so the work
 * grows with the sets of roles that occur, not with the users.
 */
final class AccessMerge {
  private final PolicySnapshot policy;
  private final Map<String, Mask> masks;
  private final Map<String, Map<String, List<Rule>>> rulesByRoleAndElement = new HashMap<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Map<AccessProfile, Integer> profiles = new LinkedHashMap<>();
  private final AccessProfile.Builder builder = new AccessProfile.Builder();

  AccessMerge(PolicySnapshot policy) {
    this.policy = policy;
    this.masks =
        policy.masks().stream().collect(Collectors.toMap(PolicyMask::uid, PolicyMask::mask));
    for (Rule rule : policy.rules()) {
      rulesByRoleAndElement
          .computeIfAbsent(rule.role(), role -> new HashMap<>())
          .computeIfAbsent(rule.dataElement(), element -> new ArrayList<>())
          .add(rule);
    }
  }

  AccessTable table() {
    Map<String, BitSet> rolesOfUsers = rolesOfUsers();
    BitSet allowAll = allowAll();
    Map<BitSet, Integer> profilesOfRoles = new HashMap<>();
    var users = new UserIndex.Builder();
    rolesOfUsers.forEach(
        (user, roles) ->
            users.add(
                user,
                profilesOfRoles.computeIfAbsent(roles, set -> indexOf(profile(set, allowAll)))));
    OptionalInt defaultProfile =
        allowAll.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(indexOf(profile(new BitSet(), allowAll)));
    return new AccessTable(
        List.copyOf(profiles.keySet()),
        users.build(),
        defaultProfile,
        AccessTable.placesByName(policy.dataElements()),
        List.copyOf(warnings));
  }

  UserAccess explain(String user) {
    String comparable = UserNames.comparable(user);
    var roles = new BitSet();
    for (int i = 0; i < policy.roles().size(); i++) {
      roles.set(
          i,
          policy.roles().get(i).users().stream()
              .anyMatch(name -> UserNames.comparable(name).equals(comparable)));
    }
    BitSet allowAll = allowAll();
    ReturnCode refusal =
        roles.isEmpty() && allowAll.isEmpty()
            ? ReturnCode.USER_NOT_IN_POLICY
            : ReturnCode.NO_PERMISSION;
    List<UserAccess.Element> elements = new ArrayList<>();
    for (DataElement element : policy.dataElements()) {
      List<Rule> own = rules(roles, element);
      List<Rule> rules = own.isEmpty() ? rules(allowAll, element) : own;
      elements.add(
          new UserAccess.Element(
              element,
              rules.isEmpty() ? new AccessRefused(refusal) : merge(element, rules),
              rules,
              own.isEmpty() && !rules.isEmpty(),
              contradict(masks(element, rules))));
    }
    return new UserAccess(
        !roles.isEmpty(), roles.stream().mapToObj(policy.roles()::get).toList(), elements);
  }

  private BitSet allowAll() {
    var allowAll = new BitSet();
    for (int i = 0; i < policy.roles().size(); i++) {
      allowAll.set(i, policy.roles().get(i).allowAll());
    }
    return allowAll;
  }

  private Map<String, BitSet> rolesOfUsers() {
    Map<String, BitSet> roles = new TreeMap<>();
    Map<String, String> spellings = new HashMap<>();
    for (int i = 0; i < policy.roles().size(); i++) {
      for (String user : policy.roles().get(i).users()) {
        String comparable = UserNames.comparable(user);
        roles.computeIfAbsent(comparable, name -> new BitSet()).set(i);
        String first = spellings.putIfAbsent(comparable, user);
        if (first != null && !first.equals(user)) {
          warnings.add(
              "The user names %s and %s differ in letter case or Unicode form alone and are taken for one user"
                  .formatted(first, user));
        }
      }
    }
    return roles;
  }

  private int indexOf(AccessProfile profile) {
    Integer known = profiles.putIfAbsent(profile, profiles.size());
    return known == null ? profiles.size() - 1 : known;
  }

  private AccessProfile profile(BitSet roles, BitSet allowAll) {
    for (int place = 0; place < policy.dataElements().size(); place++) {
      DataElement element = policy.dataElements().get(place);
      List<Rule> rules = rules(roles, element);
      if (rules.isEmpty()) {
        rules = rules(allowAll, element);
      }
      if (!rules.isEmpty()) {
        builder.add(place, merge(element, rules));
      }
    }
    return builder.build();
  }

  private List<Rule> rules(BitSet roles, DataElement element) {
    // Most sets have one role, whose rules are a list already.
    List<Rule> found = List.of();
    for (int i = roles.nextSetBit(0); i >= 0; i = roles.nextSetBit(i + 1)) {
      List<Rule> more =
          rulesByRoleAndElement
              .getOrDefault(policy.roles().get(i).uid(), Map.of())
              .getOrDefault(element.uid(), List.of());
      if (found.isEmpty()) {
        found = more;
      } else if (!more.isEmpty()) {
        List<Rule> both = new ArrayList<>(found);
        both.addAll(more);
        found = both;
      }
    }
    return List.copyOf(found);
  }

  private ElementAccess merge(DataElement element, List<Rule> rules) {
    Permissions access = Permissions.NONE;
    AuditFlags audit = AuditFlags.NONE;
    NoAccessOperation noAccess = NoAccessOperation.EXCEPTION;
    Set<Optional<Mask>> seen = masks(element, rules);
    for (Rule rule : rules) {
      access = access.union(rule.permission().access());
      audit = audit.union(rule.permission().audit());
      noAccess = noAccess.union(rule.noAccessOperation());
    }
    if (seen.isEmpty() || seen.contains(Optional.<Mask>empty())) {
      return new ElementAccess(access, null, noAccess, audit);
    }
    if (contradict(seen)) {
      warnings.add(conflict(element, rules));
      return new ElementAccess(
          access.withoutUnProtect(), null, NoAccessOperation.NULL_VALUE, audit);
    }
    return new ElementAccess(access, seen.iterator().next().orElseThrow(), noAccess, audit);
  }

  /** The masks of the rules that grant unprotect; an empty one is the clear value. */
  private Set<Optional<Mask>> masks(DataElement element, List<Rule> rules) {
    Set<Optional<Mask>> found = new LinkedHashSet<>();
    // No stream: a large policy asks for a hundred thousand pairs of a role and a data element.
    for (Rule rule : rules) {
      if (rule.permission().access().unProtect()) {
        found.add(mask(element, rule));
      }
    }
    return found;
  }

  private static boolean contradict(Set<Optional<Mask>> masks) {
    return masks.size() > 1 && !masks.contains(Optional.<Mask>empty());
  }

  private Optional<Mask> mask(DataElement element, Rule rule) {
    if (Rule.CLEAR.equals(rule.mask())) {
      return Optional.empty();
    }
    if (rule.mask() != null) {
      return Optional.of(masks.get(rule.mask()));
    }
    return element.method() instanceof NoEnc noEnc
        ? Optional.ofNullable(noEnc.maskUid()).map(masks::get)
        : Optional.empty();
  }

  private String conflict(DataElement element, List<Rule> rules) {
    Set<String> uids =
        rules.stream()
            .filter(rule -> rule.permission().access().unProtect())
            .map(Rule::role)
            .collect(Collectors.toSet());
    String names =
        policy.roles().stream()
            .filter(role -> uids.contains(role.uid()))
            .map(PolicyRole::name)
            .collect(Collectors.joining(", "));
    return "The masks for %s contradict each other: who has the roles %s together cannot unprotect it and gets null"
        .formatted(element.name(), names);
  }
}
