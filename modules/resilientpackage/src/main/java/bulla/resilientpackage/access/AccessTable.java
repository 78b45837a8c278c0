package bulla.resilientpackage.access;

import bulla.protection.ReturnCode;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.UserNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who may do what: the distinct access profiles, the users that point to them, and the default
 * profile of every other name. Immutable; an answer takes two look-ups.
 *
 * <p>The rules by which several roles and policies come together: the rights are the union of all;
 * only roles that grant unprotect count for masks, and among them clear beats a mask, while two
 * different masks revoke unprotect and answer it with null; a rule's mask beats the data element's;
 * of the no-access operations the most permissive wins; audit flags add up. A role that allows all
 * supplies its rights to any name that no other role knows with the data element.
 */
public final class AccessTable {
  private final List<AccessProfile> profiles;
  private final Map<String, Integer> users;
  private final OptionalInt defaultProfile;
  private final Map<String, String> elementUids;
  private final List<String> warnings;

  AccessTable(
      List<AccessProfile> profiles,
      Map<String, Integer> users,
      OptionalInt defaultProfile,
      Map<String, String> elementUids,
      List<String> warnings) {
    this.profiles = List.copyOf(profiles);
    this.users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    this.defaultProfile = defaultProfile;
    this.elementUids = Map.copyOf(elementUids);
    this.warnings = List.copyOf(warnings);
  }

  /** What the deployed policies say together. */
  public static AccessTable of(PolicySnapshot policy) {
    return new AccessMerge(policy).table();
  }

  /**
   * A table that was worked out before, as a package brings it.
   *
   * @param profiles the distinct sets of rights
   * @param users an index into {@code profiles} for each user, by the name's comparable form
   * @param defaultProfile the index of the profile of every name that {@code users} does not have;
   *     empty when such a name is not in the policy
   * @param dataElements the data elements of the policy
   * @throws IllegalArgumentException when an index, a data element's uid or a user's name is not
   *     one
   */
  public static AccessTable of(
      List<AccessProfile> profiles,
      Map<String, Integer> users,
      OptionalInt defaultProfile,
      List<DataElement> dataElements) {
    Map<String, String> uids = uidsByName(dataElements);
    Set<String> known = Set.copyOf(uids.values());
    for (AccessProfile profile : profiles) {
      for (String uid : profile.elements().keySet()) {
        if (!known.contains(uid)) {
          throw new IllegalArgumentException("A profile names the unknown data element " + uid);
        }
      }
    }
    List<Integer> indexes = new ArrayList<>(users.values());
    defaultProfile.ifPresent(indexes::add);
    for (int index : indexes) {
      if (index < 0 || index >= profiles.size()) {
        throw new IllegalArgumentException("There is no profile " + index);
      }
    }
    for (String user : users.keySet()) {
      if (!user.equals(UserNames.comparable(user))) {
        throw new IllegalArgumentException("A user's name is not in its comparable form: " + user);
      }
    }
    return new AccessTable(profiles, users, defaultProfile, uids, List.of());
  }

  static Map<String, String> uidsByName(List<DataElement> dataElements) {
    Map<String, String> uids = new HashMap<>();
    dataElements.forEach(element -> uids.put(element.name(), element.uid()));
    return uids;
  }

  /**
   * What {@code user} may do with the data element of that name.
   *
   * <p>In this order: 1 when the policy has no such user and no role that allows all, 2 when it has
   * no such data element, 3 when no rule joins them, and otherwise the rights.
   *
   * @param user in any case and Unicode normal form
   * @param dataElementName exactly as the policy spells it
   */
  public Access access(String user, String dataElementName) {
    Integer profile = users.get(UserNames.comparable(user));
    if (profile == null && defaultProfile.isEmpty()) {
      return new AccessRefused(ReturnCode.USER_NOT_IN_POLICY);
    }
    String uid = elementUids.get(dataElementName);
    if (uid == null) {
      return new AccessRefused(ReturnCode.ELEMENT_NOT_IN_POLICY);
    }
    int index = profile == null ? defaultProfile.getAsInt() : profile;
    ElementAccess access = profiles.get(index).elements().get(uid);
    return access == null ? new AccessRefused(ReturnCode.NO_PERMISSION) : access;
  }

  /** The distinct sets of rights. */
  public List<AccessProfile> profiles() {
    return profiles;
  }

  /** The index of each user's profile, by the comparable form of the name. */
  public Map<String, Integer> users() {
    return users;
  }

  /** The index of the profile of every name that {@link #users} does not have, if there is one. */
  public OptionalInt defaultProfile() {
    return defaultProfile;
  }

  /**
   * What a security officer should know before this takes effect, in sentences: masks that
   * contradict each other, and user names that differ in case alone. A package does not carry them.
   */
  public List<String> warnings() {
    return warnings;
  }
}
