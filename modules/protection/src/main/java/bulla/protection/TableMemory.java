package bulla.protection;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The memory that the look-up tables of all elements together may take. A table is built when it is
 * first needed; where it would go beyond the limit, those that have not been used for the longest
 * time give way, and are built again when they are needed. Safe for use by several threads: a table
 * that gives way stays whole for whoever is using it, which is for one value or sixty-four.
 *
 * <p>Tables are built one at a time, so that the limit also holds while they are. When a table was
 * used is known to the number of tables that have been built since.
 */
public final class TableMemory {
  private static final String PROPERTY = "bulla.protection.tableMegabytes";

  static TableMemory shared;

  private final long limit;
  private final List<Resident> residents = new ArrayList<>();
  private long used;
  private volatile int age;

  private TableMemory(long limit) {
    this.limit = limit;
  }

  /**
   * Memory of its own.
   *
   * @param bytes the limit, at least 1
   */
  public static TableMemory ofBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("The limit must be at least 1 byte");
    }
    return new TableMemory(bytes);
  }

  /**
   * The memory that everybody shares who names no other. Its limit is the system property {@code
   * bulla.protection.tableMegabytes}, else half of what the Java machine may use.
   *
   * @throws IllegalArgumentException when the property is not a whole number from 1 to 2147483647;
   *     so it is again until it has been corrected
   */
  public static synchronized TableMemory shared() {
    if (shared == null) {
      shared = new TableMemory(limit(System.getProperty(PROPERTY)));
    }
    return shared;
  }

  /**
   * The limit in bytes that a value of the property means.
   *
   * @param megabytes null where the property is not set
   */
  static long limit(String megabytes) {
    if (megabytes == null) {
      return Runtime.getRuntime().maxMemory() / 2;
    }
    if (!megabytes.matches("[1-9][0-9]{0,9}") || Long.parseLong(megabytes) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The system property "
              + PROPERTY
              + " must be a whole number of megabytes from 1 to "
              + Integer.MAX_VALUE
              + ", not \""
              + megabytes
              + "\"");
    }
    return Long.parseLong(megabytes) * 1024 * 1024;
  }

  /** The most bytes that tables take together. */
  public long limit() {
    return limit;
  }

  /** The bytes that tables take now. */
  public synchronized long used() {
    forgetUnreachable();
    return used;
  }

  /** How many tables have been built. */
  int age() {
    return age;
  }

  /** A table, and what it is known to take when it can no longer be asked. */
  private record Resident(WeakReference<Slot> slot, long bytes) {}

  /** Where the entries of one table are while they are in memory. */
  static final class Slot {
    private volatile int[] entries;
    private volatile int lastUsed;

    /** The entries, or null; notes that they are in use. */
    int[] entries(int age) {
      int[] present = entries;
      if (present != null && lastUsed != age) {
        lastUsed = age;
      }
      return present;
    }

    /** The entries, or null, without use of them. */
    int[] entriesIfPresent() {
      return entries;
    }

    long bytes() {
      int[] present = entries;
      return present == null ? 0 : bytesOf(present.length);
    }
  }

  static long bytesOf(int size) {
    return (long) size * Integer.BYTES;
  }

  /**
   * The entries of a slot, which are built where they are missing. What cannot be in memory
   * together is refused at once: else every value would build its tables anew.
   *
   * @param together how many tables of this size a value needs at the same time, this among them
   * @param beside the slot of another that the caller is using and that does not give way; may be
   *     the slot itself
   * @param builder makes the entries, in no more memory than they take
   */
  synchronized int[] entries(
      Slot slot, int size, int together, Slot beside, Supplier<int[]> builder) {
    int[] present = slot.entries(age);
    if (present != null) {
      return present;
    }
    long bytes = bytesOf(size);
    if (together * bytes > limit) {
      throw new ProtectionException(
          ReturnCode.OUT_OF_MEMORY,
          "The tables that a value of this data element needs take "
              + together * bytes
              + " bytes; all tables together may take "
              + limit
              + ".");
    }
    makeRoom(bytes, beside);
    int[] built = builder.get();
    slot.lastUsed = age;
    slot.entries = built;
    age = age + 1;
    residents.add(new Resident(new WeakReference<>(slot), bytes));
    used += bytes;
    return built;
  }

  private void makeRoom(long bytes, Slot beside) {
    forgetUnreachable();
    while (used + bytes > limit) {
      int oldest = 0;
      long ageOfOldest = Long.MAX_VALUE;
      for (int i = 0; i < residents.size(); i++) {
        Slot slot = residents.get(i).slot.get();
        long lastUsed = slot == null ? Long.MIN_VALUE : slot.lastUsed;
        if (lastUsed < ageOfOldest && (slot == null || slot != beside)) {
          oldest = i;
          ageOfOldest = lastUsed;
        }
      }
      Resident leaving = residents.remove(oldest);
      used -= leaving.bytes;
      Slot slot = leaving.slot.get();
      if (slot != null) {
        slot.entries = null;
      }
    }
  }

  private void forgetUnreachable() {
    residents.removeIf(
        resident -> {
          boolean unreachable = resident.slot.get() == null;
          used -= unreachable ? resident.bytes : 0;
          return unreachable;
        });
  }
}
