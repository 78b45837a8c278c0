package bulla.resilientpackage.envelope;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM decryption (NIST SP 800-38D) piece by piece, of which nothing may be used before
 * {@link #isTag} was asked. The platform's own holds all of the ciphertext, and then all of the
 * plaintext, until it knows the tag.
 *
 * <p>The two halves of the mode are asked of the platform one by one: counter mode, from the block
 * that GCM begins with, gives the plaintext (section 6.5); and as the tag is one of the ciphertext,
 * encrypting that plaintext again, by the platform's GCM, gives the tag that it must have (section
 * 7.1).
 */
final class ContentDecryption {
  /** What follows an IV of 96 bits in the first counter block of the text. */
  private static final byte[] FIRST_COUNTER = {0, 0, 0, 2};

  /** Small enough that a short package too is soon decrypted by compiled code. */
  private static final int STEP = 256;

  private final Cipher counterMode;
  private final Cipher encryption;
  private final byte[] encrypted = new byte[STEP + Envelope.TAG_LENGTH];

  ContentDecryption(byte[] key, byte[] iv, byte[] associatedData) throws GeneralSecurityException {
    SecretKey secret = new SecretKeySpec(key, "AES");
    byte[] first = Arrays.copyOf(iv, iv.length + FIRST_COUNTER.length);
    System.arraycopy(FIRST_COUNTER, 0, first, iv.length, FIRST_COUNTER.length);
    counterMode = Cipher.getInstance("AES/CTR/NoPadding");
    counterMode.init(Cipher.DECRYPT_MODE, secret, new IvParameterSpec(first));
    encryption = Cipher.getInstance("AES/GCM/NoPadding");
    encryption.init(
        Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, iv));
    encryption.updateAAD(associatedData);
  }

  /**
   * Decrypts the next {@code length} bytes, which {@code sealed} begins with, to the beginning of
   * {@code opened}: another array, as the platform copies what it shall decrypt in its place.
   */
  void decrypt(byte[] sealed, int length, byte[] opened) {
    try {
      for (int at = 0; at < length; at += STEP) {
        int step = Math.min(STEP, length - at);
        counterMode.update(sealed, at, step, opened, at);
        encryption.update(opened, at, step, encrypted);
      }
    } catch (ShortBufferException e) {
      throw new IllegalStateException("Both modes give no more bytes than they get", e);
    }
  }

  /** Whether this is the tag of all that was decrypted. Once. */
  boolean isTag(byte[] tag) throws GeneralSecurityException {
    byte[] rest = encryption.doFinal();
    return MessageDigest.isEqual(
        tag, Arrays.copyOfRange(rest, rest.length - Envelope.TAG_LENGTH, rest.length));
  }
}
