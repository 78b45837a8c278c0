package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;

import bulla.protection.InvalidMethodException;
import bulla.protection.NoEnc;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.json.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * All that was deployed to one data store: complete, immutable, and consistent: every reference is
 * to a part of the same snapshot, uids are unique within their kind, and so are names, whatever
 * their case. Construction throws {@link InvalidPolicyException} where one of that does not hold.
 *
 * @param dataElements the data elements
 * @param masks the masks that rules and data elements refer to
 * @param alphabets the alphabets that data elements refer to; none when absent
 * @param roles the roles with their users
 * @param rules what each role may do, the rules of all deployed policies together
 * @param applications the trusted applications
 */
public record PolicySnapshot(
    List<DataElement> dataElements,
    List<PolicyMask> masks,
    List<PolicyAlphabet> alphabets,
    List<PolicyRole> roles,
    List<Rule> rules,
    List<Application> applications) {
  private static final JsonMapper JSON = StrictJson.mapper(MethodJson.strictModule());

  public PolicySnapshot {
    dataElements = List.copyOf(require(dataElements, "dataElements"));
    masks = List.copyOf(require(masks, "masks"));
    // A snapshot from the time before there were alphabets has none.
    alphabets = alphabets == null ? List.of() : List.copyOf(alphabets);
    roles = List.copyOf(require(roles, "roles"));
    rules = List.copyOf(require(rules, "rules"));
    applications = List.copyOf(require(applications, "applications"));
    var elementsByUid = unique("data element", dataElements, DataElement::uid, DataElement::name);
    var maskUids = unique("mask", masks, PolicyMask::uid, PolicyMask::name).keySet();
    var alphabetsByUid = unique("alphabet", alphabets, PolicyAlphabet::uid, PolicyAlphabet::label);
    var roleUids = unique("role", roles, PolicyRole::uid, PolicyRole::name).keySet();
    unique("application", applications, Application::uid, Application::name);
    for (DataElement element : dataElements) {
      if (element.method() instanceof NoEnc noEnc && noEnc.maskUid() != null) {
        requireKnown(maskUids, "mask", noEnc.maskUid(), "data element " + element.name());
      }
      if (element.method() instanceof UnicodeGen2Token token) {
        String uid = token.alphabetUid();
        requireKnown(alphabetsByUid.keySet(), "alphabet", uid, "data element " + element.name());
        requireFit(token, alphabetsByUid.get(uid), element.name());
      }
    }
    for (Rule rule : rules) {
      requireKnown(roleUids, "role", rule.role(), rule);
      requireKnown(elementsByUid.keySet(), "data element", rule.dataElement(), rule);
      if (rule.mask() != null && !rule.mask().equals(Rule.CLEAR)) {
        requireKnown(maskUids, "mask", rule.mask(), rule);
      }
      DataElement element = elementsByUid.get(rule.dataElement());
      if (rule.noAccessOperation() == NoAccessOperation.PROTECTED_VALUE
          && !element.method().protectedValueIsReturnable()) {
        throw new InvalidPolicyException(
            "PROTECTED_VALUE in "
                + place(rule)
                + ": what "
                + element.name()
                + " protects cannot be handed out without the right to it");
      }
    }
  }

  /** Without alphabets. */
  public PolicySnapshot(
      List<DataElement> dataElements,
      List<PolicyMask> masks,
      List<PolicyRole> roles,
      List<Rule> rules,
      List<Application> applications) {
    this(dataElements, masks, List.of(), roles, rules, applications);
  }

  private static void requireFit(UnicodeGen2Token token, PolicyAlphabet alphabet, String name) {
    try {
      token.requireFit(alphabet.symbols());
    } catch (InvalidMethodException e) {
      throw new InvalidPolicyException("Data element " + name + ": " + e.getMessage());
    }
  }

  /**
   * The same with other users in one of the roles.
   *
   * @param roleUid a role of this snapshot
   */
  public PolicySnapshot withUsers(String roleUid, List<String> users) {
    return new PolicySnapshot(
        dataElements,
        masks,
        alphabets,
        roles.stream()
            .map(
                role ->
                    role.uid().equals(roleUid)
                        ? new PolicyRole(role.uid(), role.name(), role.allowAll(), users)
                        : role)
            .toList(),
        rules,
        applications);
  }

  /**
   * A snapshot from its JSON form.
   *
   * @throws InvalidPolicyException when it is not exactly such a form, or says what cannot be meant
   */
  public static PolicySnapshot fromJson(String json) {
    try {
      PolicySnapshot snapshot = JSON.readValue(json, PolicySnapshot.class);
      if (snapshot == null) {
        throw new InvalidPolicyException("The policy is null");
      }
      return snapshot;
    } catch (JsonProcessingException e) {
      throw new InvalidPolicyException("Not a policy: " + e.getOriginalMessage());
    }
  }

  /** The JSON form, which {@link #fromJson} reads; the order of all lists is kept. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A policy cannot be written as JSON", e);
    }
  }

  private static <T> Map<String, T> unique(
      String kind, List<T> things, Function<T, String> uid, Function<T, String> name) {
    Map<String, T> byUid = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (T thing : things) {
      if (byUid.put(uid.apply(thing), thing) != null) {
        throw new InvalidPolicyException("Two " + kind + "s have the uid " + uid.apply(thing));
      }
      if (!names.add(UserNames.comparable(name.apply(thing)))) {
        throw new InvalidPolicyException(
            "Two " + kind + "s have the name " + name.apply(thing) + ", apart from its case");
      }
    }
    return byUid;
  }

  private static void requireKnown(Set<String> uids, String kind, String uid, Rule rule) {
    if (!uids.contains(uid)) {
      requireKnown(uids, kind, uid, place(rule));
    }
  }

  private static String place(Rule rule) {
    return "the rule of role " + rule.role() + " for data element " + rule.dataElement();
  }

  private static void requireKnown(Set<String> uids, String kind, String uid, String place) {
    if (!uids.contains(uid)) {
      throw new InvalidPolicyException(
          "No " + kind + " has the uid " + uid + ", named in " + place);
    }
  }
}
