package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Fixed keys, so that a failure can be repeated. */
final class Keys {
  static final SecretBytes KEY =
      SecretBytes.copyOf(
          HexFormat.of()
              .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
  static final byte[] NO_IV = {};

  /** Those of a choice of tables and blocks. */
  static final Set<Tokenizer> TOKENIZERS =
      Collections.unmodifiableSet(EnumSet.range(Tokenizer.SLT_1_3, Tokenizer.SLT_2_6));

  private static final Map<Element, Protection> ELEMENTS = new ConcurrentHashMap<>();

  private record Element(ProtectionMethod method, CodePoints alphabet) {}

  private Keys() {}

  /** A key of any length up to 32 bytes: the beginning of the fixed one. */
  static SecretBytes ofLength(int length) {
    return SecretBytes.copyOf(KEY.with(bytes -> Arrays.copyOf(bytes, length)));
  }

  /**
   * An element with the fixed key. All tests share it, as its tables take up to seconds to build.
   */
  static Protection protection(ProtectionMethod method) {
    return protection(method, null);
  }

  /**
   * The same.
   *
   * @param alphabet of a {@link UnicodeGen2Token}; null for every other method
   */
  static Protection protection(ProtectionMethod method, CodePoints alphabet) {
    return ELEMENTS.computeIfAbsent(
        new Element(method, alphabet), element -> newProtection(method, alphabet));
  }

  /** An element with the fixed key that nobody has used. */
  static Protection newProtection(ProtectionMethod method) {
    return newProtection(method, null);
  }

  private static Protection newProtection(ProtectionMethod method, CodePoints alphabet) {
    int length = method.keyLength();
    ElementKeys keys = length == 0 ? ElementKeys.none() : ElementKeys.of(ofLength(length));
    return Protection.of(method, keys, alphabet);
  }

  /** From here on tests have elements of their own. */
  static void forgetElements() {
    ELEMENTS.clear();
  }
}
