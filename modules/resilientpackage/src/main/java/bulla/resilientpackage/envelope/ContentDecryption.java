package bulla.resilientpackage.envelope;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM decryption (NIST SP 800-38D) of a large text in its place. The platform's own makes a
 * copy of the text.
 *
 * <p>The two halves of the mode are asked of the platform one by one: counter mode, from the block
 * that GCM begins with, gives the plaintext (section 6.5); and as the tag is one of the ciphertext,
 * encrypting that plaintext again, by the platform's GCM, gives the tag that it must have (section
 * 7.1). Until that is known, nothing is done that depends on the plaintext: what would stop sooner
 * for one than for another would tell who alters the ciphertext, and takes the time, what it is.
 */
final class ContentDecryption {
  /** What follows an IV of 96 bits in the first counter block of the text. */
  private static final byte[] FIRST_COUNTER = {0, 0, 0, 2};

  /** Small enough that a short package too is soon decrypted by compiled code. */
  private static final int STEP = 256;

  private static final int BLOCK = 16;

  private final Cipher counterMode;
  private final Cipher encryption;
  private final byte[] plain = new byte[STEP + BLOCK];
  private final byte[] encrypted = new byte[STEP + 2 * BLOCK];
  private final byte[] text;
  private int decrypted;

  private ContentDecryption(byte[] key, byte[] iv, byte[] associatedData, byte[] text)
      throws GeneralSecurityException {
    SecretKey secret = new SecretKeySpec(key, "AES");
    byte[] first = Arrays.copyOf(iv, iv.length + FIRST_COUNTER.length);
    System.arraycopy(FIRST_COUNTER, 0, first, iv.length, FIRST_COUNTER.length);
    this.counterMode = Cipher.getInstance("AES/CTR/NoPadding");
    counterMode.init(Cipher.DECRYPT_MODE, secret, new IvParameterSpec(first));
    this.encryption = Cipher.getInstance("AES/GCM/NoPadding");
    encryption.init(
        Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, iv));
    encryption.updateAAD(associatedData);
    this.text = text;
  }

  /**
   * Decrypts {@code sealed}, a ciphertext with its tag behind it, in its place.
   *
   * @throws AEADBadTagException when the tag is another one; {@code sealed} is wiped then
   */
  static void decryptInPlace(byte[] key, byte[] iv, byte[] associatedData, byte[] sealed)
      throws GeneralSecurityException {
    var decryption = new ContentDecryption(key, iv, associatedData, sealed);
    boolean holds = false;
    try {
      holds = decryption.decrypt(sealed.length - Envelope.TAG_LENGTH);
    } finally {
      Arrays.fill(decryption.plain, (byte) 0);
      if (!holds) {
        Arrays.fill(sealed, (byte) 0);
      }
    }
    if (!holds) {
      throw new AEADBadTagException("The tag is another one");
    }
  }

  /** Whether the tag behind {@code length} bytes is theirs, which are decrypted. */
  private boolean decrypt(int length) throws GeneralSecurityException {
    for (int at = 0; at < length; ) {
      int step = Math.min(STEP, length - at);
      // Some providers keep what is no whole block until there is more.
      take(counterMode.update(text, at, step, plain, 0));
      at += step;
    }
    take(counterMode.doFinal(plain, 0));
    if (decrypted != length) {
      throw new IllegalStateException("Counter mode gives as many bytes as it gets");
    }
    byte[] rest = encryption.doFinal();
    return MessageDigest.isEqual(
        Arrays.copyOfRange(text, length, text.length),
        Arrays.copyOfRange(rest, rest.length - Envelope.TAG_LENGTH, rest.length));
  }

  private void take(int count) throws GeneralSecurityException {
    encryption.update(plain, 0, count, encrypted);
    System.arraycopy(plain, 0, text, decrypted, count);
    decrypted += count;
  }
}
