package bulla.keyring;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The place of a wrapped key: the associated data of its wrapping. A wrapped key opens only under
 * the context that it was wrapped with, so nobody who can write to the database can put one row's
 * key into another row.
 *
 * @param module the module that owns the key, such as {@code pim}; it has its own key encryption
 *     key; 1 to 64 characters
 * @param object what the key belongs to, in the module's own terms, such as the uid of a data
 *     element; not empty
 * @param version the version of the key of this object; not negative
 * @param purpose what the key is for, such as {@code data-element}; not empty
 */
public record KeyContext(String module, String object, int version, String purpose) {
  private static final int LONGEST_MODULE = 64;

  /**
   * Checks the members.
   *
   * @throws IllegalArgumentException if a text is missing, empty, too long or not well-formed
   *     Unicode, or the version is negative
   */
  public KeyContext {
    requireText("module", module);
    requireText("object", object);
    requireText("purpose", purpose);
    if (module.length() > LONGEST_MODULE) {
      throw new IllegalArgumentException("The module of a key context is too long");
    }
    if (version < 0) {
      throw new IllegalArgumentException("The version of a key context is negative: " + version);
    }
  }

  /**
   * The unambiguous encoding: module, object and purpose as UTF-8, each behind its length in bytes,
   * and the version between object and purpose; lengths and version are 32-bit big-endian. No two
   * contexts have the same encoding.
   */
  byte[] encoded() {
    byte[] moduleBytes = utf8(module);
    byte[] objectBytes = utf8(object);
    byte[] purposeBytes = utf8(purpose);
    return ByteBuffer.allocate(
            4 * Integer.BYTES + moduleBytes.length + objectBytes.length + purposeBytes.length)
        .putInt(moduleBytes.length)
        .put(moduleBytes)
        .putInt(objectBytes.length)
        .put(objectBytes)
        .putInt(version)
        .putInt(purposeBytes.length)
        .put(purposeBytes)
        .array();
  }

  private static void requireText(String member, String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("A key context needs its " + member);
    }
    utf8(text);
  }

  // String.getBytes would turn every unpaired surrogate into the same question mark, and two
  // contexts into one.
  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException(
          "A member of a key context is not well-formed Unicode", malformed);
    }
  }
}
