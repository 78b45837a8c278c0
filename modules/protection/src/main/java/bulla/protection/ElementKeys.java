package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keys of a data element by their ids, which are given from 1 on in the order in which the keys
 * are made. The one with the highest id is the current one and protects; the others are inactive,
 * kept for what they protected. Only a method that {@link ProtectionMethod#storesKeyId stores the
 * id} can have more than one. Closing wipes them all.
 */
public final class ElementKeys implements AutoCloseable {
  /** The highest id, by the published limit of keys of a data element. */
  public static final int MOST = 8191;

  private static final int FIRST = 1;
  private static final ElementKeys NONE = new ElementKeys(new TreeMap<>());

  private final NavigableMap<Integer, SecretBytes> byId;

  private ElementKeys(NavigableMap<Integer, SecretBytes> byId) {
    this.byId = Collections.unmodifiableNavigableMap(byId);
  }

  /** Of a method that needs no key. */
  public static ElementKeys none() {
    return NONE;
  }

  /** An element's first key, with the id 1; it is wiped together with this. */
  public static ElementKeys of(SecretBytes key) {
    return of(Map.of(FIRST, key));
  }

  /**
   * All keys of an element; they are wiped together with this.
   *
   * @param byId at least one, with ids from 1 to {@link #MOST}
   */
  public static ElementKeys of(Map<Integer, SecretBytes> byId) {
    if (byId.isEmpty()) {
      throw new IllegalArgumentException("An element that needs a key has one");
    }
    var keys = new TreeMap<>(byId);
    if (keys.firstKey() < FIRST || keys.lastKey() > MOST) {
      throw new IllegalArgumentException("The id of a key is " + FIRST + " to " + MOST);
    }
    return new ElementKeys(keys);
  }

  /** The keys in the order of their ids. */
  public NavigableMap<Integer, SecretBytes> byId() {
    return byId;
  }

  /** The id of the key that protects; 0 where there is none. */
  public int currentId() {
    return byId.isEmpty() ? 0 : byId.lastKey();
  }

  /** The key that protects. */
  SecretBytes currentOrNull() {
    return byId.isEmpty() ? null : byId.lastEntry().getValue();
  }

  /**
   * Checks that these are keys that a method can have.
   *
   * @throws IllegalArgumentException when one is missing or has another length, or when there are
   *     more than the method can tell apart
   */
  public void requireFit(ProtectionMethod method) {
    int length = method.keyLength();
    if (byId.isEmpty() != (length == 0)) {
      throw new IllegalArgumentException(
          method.key() + " needs " + (length == 0 ? "no key" : "a key of " + length + " bytes"));
    }
    for (SecretBytes key : byId.values()) {
      if (key.length() != length) {
        throw new IllegalArgumentException(
            method.key() + " needs keys of " + length + " bytes, not " + key.length());
      }
    }
    if (byId.size() > 1 && !method.storesKeyId()) {
      throw new IllegalArgumentException(
          method.key() + " has one key, as its values do not tell which one they were made with");
    }
  }

  @Override
  public void close() {
    byId.values().forEach(SecretBytes::close);
  }

  /** The ids; no key material. */
  @Override
  public String toString() {
    return "ElementKeys" + byId.keySet();
  }
}
