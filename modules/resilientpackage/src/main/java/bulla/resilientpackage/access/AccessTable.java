package bulla.resilientpackage.access;

import bulla.protection.ReturnCode;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.UserNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

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
  private final UserIndex users;
  private final OptionalInt defaultProfile;
  private final Map<String, Integer> elementPlaces;
  private final List<String> warnings;

  AccessTable(
      List<AccessProfile> profiles,
      UserIndex users,
      OptionalInt defaultProfile,
      Map<String, Integer> elementPlaces,
      List<String> warnings) {
    this.profiles = List.copyOf(profiles);
    this.users = users;
    this.defaultProfile = defaultProfile;
    this.elementPlaces = Map.copyOf(elementPlaces);
    this.warnings = List.copyOf(warnings);
  }

  /** What the deployed policies say together. */
  public static AccessTable of(PolicySnapshot policy) {
    return new AccessMerge(policy).table();
  }

  /**
   * A table that was worked out before, as a package brings it.
   *
   * @param profiles the distinct sets of rights to these data elements
   * @param users an index into {@code profiles} for each user
   * @param defaultProfile the index of the profile of every name that {@code users} does not have;
   *     empty when such a name is not in the policy
   * @param dataElements the data elements of the policy
   * @throws IllegalArgumentException when an index is not one, or rights are to no data element
   */
  public static AccessTable of(
      List<AccessProfile> profiles,
      UserIndex users,
      OptionalInt defaultProfile,
      List<DataElement> dataElements) {
    if (!users.isEmpty()) {
      requireProfile(users.highestProfile(), profiles);
    }
    if (defaultProfile.isPresent()) {
      requireProfile(defaultProfile.getAsInt(), profiles);
    }
    for (AccessProfile profile : profiles) {
      if (!profile.isWithin(dataElements.size())) {
        throw new IllegalArgumentException("A profile has rights to no data element");
      }
    }
    return new AccessTable(profiles, users, defaultProfile, placesByName(dataElements), List.of());
  }

  private static void requireProfile(int index, List<AccessProfile> profiles) {
    if (index < 0 || index >= profiles.size()) {
      throw new IllegalArgumentException("There is no profile " + index);
    }
  }

  static Map<String, Integer> placesByName(List<DataElement> dataElements) {
    Map<String, Integer> places = new HashMap<>();
    for (DataElement element : dataElements) {
      places.put(element.name(), places.size());
    }
    return places;
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
    int profile = users.find(UserNames.comparable(user));
    if (profile < 0 && defaultProfile.isEmpty()) {
      return new AccessRefused(ReturnCode.USER_NOT_IN_POLICY);
    }
    Integer place = elementPlaces.get(dataElementName);
    if (place == null) {
      return new AccessRefused(ReturnCode.ELEMENT_NOT_IN_POLICY);
    }
    int index = profile < 0 ? defaultProfile.getAsInt() : profile;
    ElementAccess access = profiles.get(index).rightsOrNull(place);
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
