package bulla.resilientpackage.access;

import bulla.resilientpackage.policy.UserNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

  /** Not 0, by which names would meet that differ in how many U+0000 they begin with. */
  private static final long HASH_OF_NOTHING = 1;

  private static final int BLOCK_BITS = 20;
  private static final int BLOCK = 1 << BLOCK_BITS;

  /** All names in UTF-8, one behind the other. */
  private final byte[][] names;

  private final int size;

  /** Where the name of each user ends in them, and so where the next one's begins. */
  private final Ints ends;

  private final Ints profiles;

  /**
   * The number of a user, counted from 1, at the place of the name's hash or behind it, or 0. The
   * bits above are more of the hash: names that meet in one place differ there, so almost none is
   * looked at in vain.
   */
  private final int[] slots;

  /** How many bits a number takes. */
  private final int numberBits;

  private final long place = RANDOM.nextLong() & PRIME;
  private final long factor = RANDOM.nextLong() | 1;

  private UserIndex(Builder users) {
    this.names = Arrays.copyOf(users.names, blocks(users.length));
    this.size = users.size;
    this.ends = users.ends;
    this.profiles = users.profiles;
    this.numberBits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
    this.slots = new int[Math.toIntExact(size + size / 2L + 1)];
    for (int user = 0; user < size; user++) {
      long hash = HASH_OF_NOTHING;
      int end = ends.get(user);
      for (int at = from(user); at < end; at++) {
        hash = timesPlace(hash) + unsigned(at);
      }
      int slot = slot(hash);
      while (slots[slot] != 0) {
        if (isLike(slots[slot], hash) && isSame(user, user(slots[slot]))) {
          throw new IllegalArgumentException("A user is named twice");
        }
        slot = next(slot);
      }
      slots[slot] = more(hash) << numberBits | (user + 1);
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
    var bytes = new byte[ends.get(user) - from];
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

  /** Other bits than those that {@link #slot} takes. */
  private int more(long hash) {
    return (int) (hash * factor);
  }

  /** Whether a slot that is taken can be of a name of that hash. */
  private boolean isLike(int entry, long hash) {
    return entry >>> numberBits == more(hash) << numberBits >>> numberBits;
  }

  /** The user of a slot that is taken. */
  private int user(int entry) {
    return (entry & ((1 << numberBits) - 1)) - 1;
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
    if (ends.get(user) - from != key.length()) {
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
    int from = from(user);
    int otherFrom = from(other);
    int length = ends.get(user) - from;
    if (ends.get(other) - otherFrom != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (unsigned(from + i) != unsigned(otherFrom + i)) {
        return false;
      }
    }
    return true;
  }

  private int unsigned(int at) {
    return names[at >>> BLOCK_BITS][at & (BLOCK - 1)] & 0xff;
  }

  private int from(int user) {
    return user == 0 ? 0 : ends.get(user - 1);
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
    long hash = HASH_OF_NOTHING;
    for (int i = 0; i < key.length(); i++) {
      hash = timesPlace(hash) + key.charAt(i);
    }
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (isLike(slots[slot], hash) && isAt(user(slots[slot]), key)) {
        return profiles.get(user(slots[slot]));
      }
      slot = next(slot);
    }
    return NONE;
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text && find(text) >= 0;
  }

  /** The highest number of a profile, -1 where there are no users. */
  int highestProfile() {
    int highest = NONE;
    for (int user = 0; user < size; user++) {
      highest = Math.max(highest, profiles.get(user));
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
            return Map.entry(name, profiles.get(user++));
          }
        };
      }
    };
  }

  /** Takes users one by one. */
  public static final class Builder {
    private byte[][] names = new byte[1][];
    private int length;
    private final Ints ends = new Ints();
    private final Ints profiles = new Ints();
    private int size;

    /**
     * Adds a user by the comparable form of the name.
     *
     * @throws IllegalArgumentException when the number is negative, or the name in another form or
     *     no Unicode text
     */
    public void add(String name, int profile) {
      if (!UserNames.isComparable(name)) {
        throw new IllegalArgumentException("A user's name is not in its comparable form: " + name);
      }
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      add(bytes, 0, bytes.length, profile);
    }

    /**
     * Adds a user as {@link #add(String, int)} does, by the bytes of the name in UTF-8, in a buffer
     * that has an array.
     */
    public void add(ByteBuffer name, int profile) {
      int from = name.arrayOffset() + name.position();
      int to = from + name.remaining();
      for (int i = from; i < to; i++) {
        if (!UserNames.isLowerAscii(name.array()[i])) {
          add(text(name), profile);
          return;
        }
      }
      add(name.array(), from, to, profile);
    }

    private static String text(ByteBuffer name) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(name.duplicate()).toString();
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("A user's name is not UTF-8", e);
      }
    }

    private void add(byte[] name, int from, int to, int profile) {
      if (profile < 0) {
        throw new IllegalArgumentException("There is no profile " + profile);
      }
      int end = Math.addExact(length, to - from);
      if (blocks(end) > names.length) {
        names = Arrays.copyOf(names, Math.max(blocks(end), 2 * names.length));
      }
      for (int next = from; next < to; ) {
        int block = length >>> BLOCK_BITS;
        if (names[block] == null) {
          names[block] = new byte[BLOCK];
        }
        int at = length & (BLOCK - 1);
        int count = Math.min(to - next, BLOCK - at);
        System.arraycopy(name, next, names[block], at, count);
        next += count;
        length += count;
      }
      ends.add(length);
      profiles.add(profile);
      size++;
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

  /** Numbers that grow in blocks, so that what was there before is never copied. */
  private static final class Ints {
    private static final int BITS = 12;
    private static final int IN_BLOCK = 1 << BITS;

    private int[][] blocks = new int[1][IN_BLOCK];
    private int size;

    int get(int index) {
      return blocks[index >>> BITS][index & (IN_BLOCK - 1)];
    }

    void add(int number) {
      int block = size >>> BITS;
      if (block == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * block);
      }
      if (blocks[block] == null) {
        blocks[block] = new int[IN_BLOCK];
      }
      blocks[block][size++ & (IN_BLOCK - 1)] = number;
    }
  }
}
