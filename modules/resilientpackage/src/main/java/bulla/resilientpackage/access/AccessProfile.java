package bulla.resilientpackage.access;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * A distinct set of rights, which many users may share: what is allowed for each data element, by
 * its place among the data elements of the policy, counted from 0. Immutable, and packed because a
 * package can be of profiles almost alone: a right takes 4 to 8 bytes, where a map of objects takes
 * eighty.
 */
public final class AccessProfile {
  private static final AccessProfile EMPTY = new AccessProfile(new int[0], new ElementAccess[0]);

  /** The places of the data elements that have rights, in ascending order. */
  private final int[] places;

  private final ElementAccess[] rights;

  private AccessProfile(int[] places, ElementAccess[] rights) {
    this.places = places;
    this.rights = rights;
  }

  /** The rights to the data element at this place, null where no rule gives any. */
  public ElementAccess rightsOrNull(int place) {
    // Where all data elements have rights, each has them at its own place.
    int at =
        place < places.length && places[place] == place
            ? place
            : Arrays.binarySearch(places, place);
    return at < 0 ? null : rights[at];
  }

  /** Whether it speaks of none but the first {@code size} data elements. */
  boolean isWithin(int size) {
    return places.length == 0 || (places[0] >= 0 && places[places.length - 1] < size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessProfile profile
        && Arrays.equals(places, profile.places)
        && Arrays.equals(rights, profile.rights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(places) + Arrays.hashCode(rights);
  }

  /** How many data elements it has rights to. */
  @Override
  public String toString() {
    return "AccessProfile[" + places.length + " data elements]";
  }

  /** Makes one profile after the other. */
  public static final class Builder {
    private static final int FEW = 16;

    private int[] places = new int[FEW];
    private ElementAccess[] rights = new ElementAccess[FEW];
    private int size;
    private boolean ascending = true;

    /** Those of the profile before, which most others have too. */
    private int[] before = {};

    /** Adds the rights to the data element at this place. */
    public void add(int place, ElementAccess access) {
      if (size == places.length) {
        places = Arrays.copyOf(places, 2 * size);
        rights = Arrays.copyOf(rights, 2 * size);
      }
      ascending &= size == 0 || places[size - 1] < place;
      places[size] = place;
      rights[size++] = access;
    }

    /**
     * The profile of what was added since the last one.
     *
     * @throws IllegalArgumentException when there was a data element twice
     */
    public AccessProfile build() {
      if (size == 0) {
        return EMPTY;
      }
      if (!ascending) {
        sort();
      }
      if (!Arrays.equals(places, 0, size, before, 0, before.length)) {
        before = Arrays.copyOf(places, size);
      }
      var profile = new AccessProfile(before, Arrays.copyOf(rights, size));
      size = 0;
      ascending = true;
      return profile;
    }

    private void sort() {
      var sorted = new TreeMap<Integer, ElementAccess>();
      for (int i = 0; i < size; i++) {
        if (sorted.put(places[i], rights[i]) != null) {
          throw new IllegalArgumentException("A data element has rights twice");
        }
      }
      size = 0;
      sorted.forEach(this::add);
    }
  }
}
