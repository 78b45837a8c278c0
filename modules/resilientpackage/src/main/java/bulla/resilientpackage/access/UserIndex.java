package bulla.resilientpackage.access;

import bulla.resilientpackage.policy.UserNames;
import java.security.SecureRandom;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The number of each user's profile, by the comparable form of the name, in the order in which they
 * were added. Immutable, and packed because a package can be of users alone: one takes 16 to 24
 * bytes besides the characters of the name, where a hash map of objects takes over a hundred.
 */
public final class UserIndex extends AbstractMap<String, Integer> {
  private static final int NONE = -1;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** All names, one behind the other. */
  private final StringBuilder names;

  private final int size;
  private final int[] ends;
  private final int[] profiles;

  /** The number of a user, counted from 1, at the place of the name's hash or behind it, or 0. */
  private final int[] slots;

  /** Random, so that nobody can choose names that fall together. */
  private final long factor = RANDOM.nextLong() | 1;

  /** Of the arrays themselves: there need not be room for copies. */
  private UserIndex(Builder users) {
    this.names = users.names;
    this.size = users.size;
    this.ends = users.ends;
    this.profiles = users.profiles;
    this.slots = new int[Math.max(2, Integer.highestOneBit(size) * 4)];
    for (int user = 0; user < size; user++) {
      int slot = slot(names, from(user), ends[user]);
      if (slots[slot] != 0) {
        throw new IllegalArgumentException("A user is named twice");
      }
      slots[slot] = user + 1;
    }
  }

  /** An index of the same entries. */
  public static UserIndex of(Map<String, Integer> users) {
    if (users instanceof UserIndex index) {
      return index;
    }
    var builder = new Builder();
    users.forEach(builder::add);
    return builder.build();
  }

  /** Where these characters of a text are, or else where they would be. */
  private int slot(CharSequence text, int from, int end) {
    long hash = 0;
    for (int i = from; i < end; i++) {
      hash = (hash + text.charAt(i)) * factor;
    }
    int slot = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, text, from, end - from)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean isAt(int user, CharSequence text, int from, int length) {
    int start = from(user);
    if (ends[user] - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (names.charAt(start + i) != text.charAt(from + i)) {
        return false;
      }
    }
    return true;
  }

  private int from(int user) {
    return user == 0 ? 0 : ends[user - 1];
  }

  @Override
  public Integer get(Object name) {
    if (!(name instanceof String text)) {
      return null;
    }
    int profile = find(text);
    return profile < 0 ? null : profile;
  }

  /** The number of the profile of the user of that name, negative when there is none. */
  int find(String name) {
    int user = slots[slot(name, 0, name.length())];
    return user == 0 ? NONE : profiles[user - 1];
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text && find(text) >= 0;
  }

  /** The numbers of the profiles, one for each user. */
  IntStream profiles() {
    return Arrays.stream(profiles, 0, size);
  }

  @Override
  public Set<Map.Entry<String, Integer>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Map.Entry<String, Integer>> iterator() {
        return new Iterator<>() {
          private int user;

          @Override
          public boolean hasNext() {
            return user < size;
          }

          @Override
          public Map.Entry<String, Integer> next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            String name = names.substring(from(user), ends[user]);
            return Map.entry(name, profiles[user++]);
          }
        };
      }
    };
  }

  /** Takes users one by one. */
  public static final class Builder {
    private StringBuilder names;
    private int[] ends = new int[16];
    private int[] profiles = new int[16];
    private int size;

    /** For names of any length. */
    public Builder() {
      this(0);
    }

    /** For names of about so many characters together. */
    public Builder(int characters) {
      names = new StringBuilder(characters);
    }

    /**
     * Adds a user by the comparable form of the name.
     *
     * @throws IllegalArgumentException when the number is negative or the name in another form
     */
    public void add(String name, int profile) {
      if (profile < 0) {
        throw new IllegalArgumentException("There is no profile " + profile);
      }
      if (!name.equals(UserNames.comparable(name))) {
        throw new IllegalArgumentException("A user's name is not in its comparable form: " + name);
      }
      if (size == ends.length) {
        int larger = size + size / 2;
        ends = Arrays.copyOf(ends, larger);
        profiles = Arrays.copyOf(profiles, larger);
      }
      names.append(name);
      ends[size] = names.length();
      profiles[size++] = profile;
    }

    /**
     * The index of them, after which this builder is of no more use.
     *
     * @throws IllegalArgumentException when there is a name twice
     */
    public UserIndex build() {
      var index = new UserIndex(this);
      names = null;
      return index;
    }
  }
}
