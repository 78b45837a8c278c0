package bulla.resilientpackage.access;

import bulla.resilientpackage.policy.UserNames;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The number of each user's profile, by the comparable form of the name, in the order in which they
 * were added. Immutable, and packed because a package can be of users alone: one takes 14 to 18
 * bytes besides its name in UTF-8, where a hash map of objects takes over a hundred.
 *
 * <p>Names are hashed as polynomials modulo a prime at a random place, and spread by a random
 * factor: whoever chooses names cannot choose them so that they meet in one place.
 */
public final class UserIndex extends AbstractMap<String, Integer> {
  private static final int NONE = -1;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 2^61 - 1. */
  private static final long PRIME = (1L << 61) - 1;

  private static final int BLOCK_BITS = 20;
  private static final int BLOCK = 1 << BLOCK_BITS;

  /** All names in UTF-8, one behind the other. */
  private final byte[][] names;

  private final int size;

  /** Where the name of each user ends in them, and so where the next one's begins. */
  private final int[] ends;

  private final int[] profiles;

  /** The number of a user, counted from 1, at the place of the name's hash or behind it, or 0. */
  private final int[] slots;

  private final long place = RANDOM.nextLong() & PRIME;
  private final long factor = RANDOM.nextLong() | 1;

  private UserIndex(Builder users) {
    this.names = Arrays.copyOf(users.names, blocks(users.length));
    this.size = users.size;
    this.ends = users.ends;
    this.profiles = users.profiles;
    this.slots = new int[Math.toIntExact(size + size / 2L + 1)];
    for (int user = 0; user < size; user++) {
      long hash = 0;
      for (int at = from(user); at < ends[user]; at++) {
        hash = timesPlace(hash) + unsigned(at);
      }
      int slot = slot(hash);
      while (slots[slot] != 0) {
        if (isSame(user, slots[slot] - 1)) {
          throw new IllegalArgumentException("A user is named twice");
        }
        slot = next(slot);
      }
      slots[slot] = user + 1;
    }
  }

  private static int blocks(int length) {
    return (int) ((length + (long) BLOCK - 1) >>> BLOCK_BITS);
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

  /** A text of the bytes of a name in UTF-8, which of almost every name is the name itself. */
  private static String key(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 127) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return name;
  }

  private byte[] bytes(int user) {
    int from = from(user);
    var bytes = new byte[ends[user] - from];
    for (int done = 0; done < bytes.length; ) {
      int at = (from + done) & (BLOCK - 1);
      int count = Math.min(bytes.length - done, BLOCK - at);
      System.arraycopy(names[(from + done) >>> BLOCK_BITS], at, bytes, done, count);
      done += count;
    }
    return bytes;
  }

  /** Where a name of that hash is, or behind it. */
  private int slot(long hash) {
    return (int) ((((hash * factor) >>> 32) * slots.length) >>> 32);
  }

  private int next(int slot) {
    return slot + 1 == slots.length ? 0 : slot + 1;
  }

  /** The product with {@link #place}, less than 2^62 and congruent modulo the prime. */
  private long timesPlace(long hash) {
    long low = hash * place;
    long high = Math.multiplyHigh(hash, place);
    long sum = (low & PRIME) + ((high << 3) | (low >>> 61));
    return (sum & PRIME) + (sum >>> 61);
  }

  private boolean isAt(int user, String key) {
    int from = from(user);
    if (ends[user] - from != key.length()) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (unsigned(from + i) != key.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isSame(int user, int other) {
    int length = ends[user] - from(user);
    if (ends[other] - from(other) != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (unsigned(from(user) + i) != unsigned(from(other) + i)) {
        return false;
      }
    }
    return true;
  }

  private int unsigned(int at) {
    return names[at >>> BLOCK_BITS][at & (BLOCK - 1)] & 0xff;
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
    // In UTF-8, half a pair would be a question mark, and the user another one.
    if (!UserNames.isWellFormed(name)) {
      return NONE;
    }
    String key = key(name);
    long hash = 0;
    for (int i = 0; i < key.length(); i++) {
      hash = timesPlace(hash) + key.charAt(i);
    }
    int slot = slot(hash);
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, key)) {
      slot = next(slot);
    }
    return slots[slot] == 0 ? NONE : profiles[slots[slot] - 1];
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text && find(text) >= 0;
  }

  /** The highest number of a profile, -1 where there are no users. */
  int highestProfile() {
    int highest = NONE;
    for (int user = 0; user < size; user++) {
      highest = Math.max(highest, profiles[user]);
    }
    return highest;
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
            String name = new String(bytes(user), StandardCharsets.UTF_8);
            return Map.entry(name, profiles[user++]);
          }
        };
      }
    };
  }

  /** Takes users one by one. */
  public static final class Builder {
    private byte[][] names = new byte[1][];
    private int length;
    private int[] ends = new int[16];
    private int[] profiles = new int[16];
    private int size;

    /**
     * Adds a user by the comparable form of the name.
     *
     * @throws IllegalArgumentException when the number is negative, or the name in another form or
     *     no Unicode text
     */
    public void add(String name, int profile) {
      if (profile < 0) {
        throw new IllegalArgumentException("There is no profile " + profile);
      }
      if (!UserNames.isComparable(name)) {
        throw new IllegalArgumentException("A user's name is not in its comparable form: " + name);
      }
      if (size == ends.length) {
        int larger = size + size / 2;
        ends = Arrays.copyOf(ends, larger);
        profiles = Arrays.copyOf(profiles, larger);
      }
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      int end = Math.addExact(length, bytes.length);
      if (blocks(end) > names.length) {
        names = Arrays.copyOf(names, Math.max(blocks(end), 2 * names.length));
      }
      for (int done = 0; length < end; ) {
        int block = length >>> BLOCK_BITS;
        if (names[block] == null) {
          names[block] = new byte[BLOCK];
        }
        int at = length & (BLOCK - 1);
        int count = Math.min(bytes.length - done, BLOCK - at);
        System.arraycopy(bytes, done, names[block], at, count);
        done += count;
        length += count;
      }
      ends[size] = length;
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
