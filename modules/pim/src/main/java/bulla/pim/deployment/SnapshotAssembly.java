package bulla.pim.deployment;

import static java.util.stream.Collectors.toMap;

import bulla.pim.alphabet.Alphabets;
import bulla.pim.dataelement.DataElements;
import bulla.pim.mask.Masks;
import bulla.pim.object.Uid;
import bulla.pim.policy.Policies;
import bulla.pim.role.RoleDefinition;
import bulla.protection.NoEnc;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts snapshots together from the definitions as they are now, and from sources that were read
 * before. The definitions of all policies are read once, with a fixed number of statements. Equal
 * definitions give equal snapshots, whatever the order in which they came about.
 */
final class SnapshotAssembly {
  private static final int MOST_NAMES_IN_A_WARNING = 10;

  private final Map<Long, List<Rule>> rules;
  private final Map<String, RoleDefinition> roles;
  private final Map<String, DataElement> elements;
  private final Map<String, PolicyMask> masks;
  private final ReadSources sources;
  private final Map<String, PolicyAlphabet> alphabets;

  private SnapshotAssembly(
      ReadSources sources,
      Map<Long, List<Rule>> rules,
      List<RoleDefinition> roles,
      List<DataElement> elements,
      List<PolicyMask> masks,
      List<PolicyAlphabet> alphabets) {
    this.sources = sources;
    this.rules = rules;
    this.roles = byUid(roles, RoleDefinition::uid);
    this.elements = byUid(elements, DataElement::uid);
    this.masks = byUid(masks, PolicyMask::uid);
    this.alphabets = byUid(alphabets, PolicyAlphabet::uid);
  }

  /**
   * Reads what these policies consist of.
   *
   * @param roles the roles with these numbers, and others, maybe
   * @param sources those that were read before
   */
  static SnapshotAssembly of(
      Collection<Long> policyIds,
      Policies policies,
      Function<List<Long>, List<RoleDefinition>> roles,
      DataElements elements,
      Masks masks,
      Alphabets alphabets,
      ReadSources sources) {
    Map<Long, List<Rule>> rules = policies.rules(policyIds);
    List<Rule> all = rules.values().stream().flatMap(List::stream).toList();
    List<DataElement> used = elements.definitions(ids(all.stream().map(Rule::dataElement)));
    return new SnapshotAssembly(
        sources,
        rules,
        roles.apply(ids(all.stream().map(Rule::role))),
        used,
        masks.definitions(ids(maskUids(all, used))),
        alphabets.definitions(ids(alphabetUids(used))));
  }

  /** The numbers of all data elements that any of the policies uses. */
  List<Long> elementIds() {
    return ids(elements.keySet().stream());
  }

  /**
   * The snapshot of these policies, merged, and of these trusted applications.
   *
   * @throws bulla.commonops.problem.Problem 409 where a role has members whose sources were not
   *     read
   * @throws bulla.resilientpackage.policy.InvalidPolicyException where the definitions were not
   *     read in one transaction, and changed meanwhile
   */
  Assembled assemble(Collection<Long> policyIds, List<Application> applications) {
    List<OfPolicy> ofPolicies =
        policyIds.stream()
            .sorted()
            .flatMap(
                policy ->
                    rules.getOrDefault(policy, List.of()).stream()
                        .map(rule -> new OfPolicy(policy, rule)))
            .sorted(
                Comparator.comparing((OfPolicy one) -> one.rule().role(), Uid.ORDER)
                    .thenComparing(one -> one.rule().dataElement(), Uid.ORDER))
            .toList();
    List<Rule> merged = ofPolicies.stream().map(OfPolicy::rule).toList();
    List<DataElement> used = named(elements, merged.stream().map(Rule::dataElement));
    List<String> leftOut = new ArrayList<>();
    List<PolicyRole> members =
        named(roles, merged.stream().map(Rule::role)).stream()
            .map(role -> expanded(role, leftOut))
            .toList();
    var snapshot =
        new PolicySnapshot(
            used,
            named(masks, maskUids(merged, used)),
            named(alphabets, alphabetUids(used)),
            members,
            merged,
            applications);
    return new Assembled(
        snapshot,
        ofPolicies.stream().map(one -> Uid.of(one.policy())).collect(Collectors.joining(",")),
        leftOut);
  }

  /**
   * The role with its groups expanded, and without those whom their source no longer knows.
   *
   * @param leftOut takes a sentence about them
   */
  private PolicyRole expanded(RoleDefinition role, List<String> leftOut) {
    ExpandedRole expanded = ExpandedRole.of(role, sources);
    List<String> missing = expanded.missing();
    if (!missing.isEmpty()) {
      leftOut.add(
          "Role '"
              + role.name()
              + "': members left out because their sources no longer have them ("
              + missing.size()
              + "): "
              + missing.stream()
                  .limit(MOST_NAMES_IN_A_WARNING)
                  .map(name -> "'" + name + "'")
                  .collect(Collectors.joining(", "))
              + (missing.size() > MOST_NAMES_IN_A_WARNING ? ", ..." : ""));
    }
    return new PolicyRole(role.uid(), role.name(), role.allowAll(), expanded.users());
  }

  private static Stream<String> maskUids(List<Rule> rules, List<DataElement> elements) {
    return Stream.concat(
        rules.stream().map(Rule::mask).filter(mask -> mask != null && !mask.equals(Rule.CLEAR)),
        elements.stream()
            .map(element -> element.method() instanceof NoEnc noEnc ? noEnc.maskUid() : null)
            .filter(Objects::nonNull));
  }

  private static Stream<String> alphabetUids(List<DataElement> elements) {
    return elements.stream()
        .map(
            element ->
                element.method() instanceof UnicodeGen2Token token ? token.alphabetUid() : null)
        .filter(Objects::nonNull);
  }

  private static List<Long> ids(Stream<String> uids) {
    return uids.distinct().map(uid -> Uid.number(uid).orElseThrow()).toList();
  }

  /** Those that are named, in the order of their uids. */
  private static <T> List<T> named(Map<String, T> all, Stream<String> uids) {
    Set<String> wanted = new HashSet<>(uids.toList());
    return all.entrySet().stream()
        .filter(entry -> wanted.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static <T> Map<String, T> byUid(List<T> things, Function<T, String> uid) {
    return things.stream()
        .collect(toMap(uid, Function.identity(), (one, other) -> one, LinkedHashMap::new));
  }

  /**
   * A snapshot with what belongs to it.
   *
   * @param rulePolicies the uid of the policy of each rule, in their order, with commas between
   * @param leftOut sentences about members that are not in it
   */
  record Assembled(PolicySnapshot snapshot, String rulePolicies, List<String> leftOut) {
    /** What a security officer should know about it, in sentences. */
    List<String> warnings() {
      return Stream.concat(leftOut.stream(), AccessTable.of(snapshot).warnings().stream()).toList();
    }
  }

  /** A rule and the number of its policy. */
  private record OfPolicy(long policy, Rule rule) {}
}
