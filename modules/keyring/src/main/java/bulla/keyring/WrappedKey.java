package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * A wrapped key in the form in which it is stored: format (1 byte, now 1), version of the wrapping
 * key (4 bytes, big-endian), nonce (12 bytes), ciphertext, tag (16 bytes). The associated data are
 * the first two followed by the encoded context, so that neither can be exchanged.
 *
 * <p>Nonces are random: a wrapping key is good for 2^32 wrappings (NIST SP 800-38D, section 8.3).
 */
final class WrappedKey {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte FORMAT = 1;
  private static final int HEAD_LENGTH = 1 + Integer.BYTES;
  private static final int SHORTEST = HEAD_LENGTH + AesGcm.NONCE_LENGTH + 1 + AesGcm.TAG_LENGTH;

  private final byte[] bytes;

  private WrappedKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps {@code key} with version {@code wrappingVersion} of a wrapping key. */
  static WrappedKey wrap(
      SecretKey wrapping, int wrappingVersion, KeyContext context, SecretBytes key) {
    if (key.length() == 0) {
      throw new IllegalArgumentException("There is nothing to wrap");
    }
    var nonce = new byte[AesGcm.NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    byte[] head = ByteBuffer.allocate(HEAD_LENGTH).put(FORMAT).putInt(wrappingVersion).array();
    byte[] sealed = AesGcm.seal(wrapping, nonce, associated(head, context), key);
    return new WrappedKey(
        ByteBuffer.allocate(HEAD_LENGTH + nonce.length + sealed.length)
            .put(head)
            .put(nonce)
            .put(sealed)
            .array());
  }

  /**
   * Reads the stored form, without opening it.
   *
   * @throws KeyringException if it is not a wrapped key
   */
  static WrappedKey parse(byte[] stored) {
    if (stored == null || stored.length < SHORTEST) {
      throw new KeyringException("A wrapped key was cut short or never was one");
    }
    if (stored[0] != FORMAT) {
      throw new KeyringException("A wrapped key has the unknown format " + stored[0]);
    }
    return new WrappedKey(stored.clone());
  }

  /** The version of the key that it was wrapped with, and that opens it. */
  int wrappingVersion() {
    return ByteBuffer.wrap(bytes).getInt(1);
  }

  /**
   * Opens it.
   *
   * @throws KeyringException if it was altered, or wrapped with another key or under another
   *     context
   */
  SecretBytes unwrap(SecretKey wrapping, KeyContext context) {
    var head = new byte[HEAD_LENGTH];
    var nonce = new byte[AesGcm.NONCE_LENGTH];
    var sealed = new byte[bytes.length - HEAD_LENGTH - AesGcm.NONCE_LENGTH];
    ByteBuffer.wrap(bytes).get(head).get(nonce).get(sealed);
    try {
      return AesGcm.open(wrapping, nonce, associated(head, context), sealed);
    } catch (AEADBadTagException altered) {
      throw new KeyringException(
          "The wrapped key of %s was altered, or belongs elsewhere".formatted(context), altered);
    }
  }

  /** The stored form. */
  byte[] bytes() {
    return bytes.clone();
  }

  private static byte[] associated(byte[] head, KeyContext context) {
    byte[] encoded = context.encoded();
    return ByteBuffer.allocate(head.length + encoded.length).put(head).put(encoded).array();
  }
}
