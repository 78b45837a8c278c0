package bulla.resilientpackage.keys;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.BadPaddingException;

/**
 * The decoding of RSAES-OAEP with an empty label (RFC 8017 section 7.1.2 step 3), for tokens that
 * know RSA alone. Which byte is wrong decides neither what is done nor how long it takes, up to the
 * one answer at the end: who could tell, could decrypt by asking (Manger, CRYPTO 2001).
 */
final class OaepDecoding {
  private OaepDecoding() {}

  /**
   * The message in {@code encoded}.
   *
   * @param encoded what RSA gave, as long as the modulus; wiped
   * @param hash of OAEP and of MGF1, by its Java name
   * @throws BadPaddingException when it is not the encoding of any message
   */
  static byte[] decode(byte[] encoded, String hash) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance(hash);
    int length = digest.getDigestLength();
    int blockFrom = 1 + length;
    if (encoded.length < 2 * length + 2) {
      throw new BadPaddingException("Not the encoding of a message");
    }
    byte[] labelHash = digest.digest();
    try {
      unmask(encoded, 1, blockFrom, Arrays.copyOfRange(encoded, blockFrom, encoded.length), digest);
      unmask(encoded, blockFrom, encoded.length, Arrays.copyOfRange(encoded, 1, blockFrom), digest);
      // All ones where something is wrong, and no bit of it depends on where.
      int wrong = isNotZero(encoded[0]);
      for (int i = 0; i < length; i++) {
        wrong |= isNotZero(encoded[blockFrom + i] ^ labelHash[i]);
      }
      int before = -1;
      int messageFrom = 0;
      for (int i = blockFrom + length; i < encoded.length; i++) {
        int isSeparator = before & ~isNotZero(encoded[i] ^ 1);
        wrong |= before & ~isSeparator & isNotZero(encoded[i]);
        messageFrom |= isSeparator & (i + 1);
        before &= ~isSeparator;
      }
      wrong |= before;
      if (wrong != 0) {
        throw new BadPaddingException("Not the encoding of a message");
      }
      return Arrays.copyOfRange(encoded, messageFrom, encoded.length);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** All ones when any of the low eight bits is set, else zero. */
  private static int isNotZero(int value) {
    int bits = value & 0xff;
    return (bits | -bits) >> 31;
  }

  /**
   * Combines {@code bytes[from..until)} with MGF1 (RFC 8017 B.2.1) of {@code seed}, which is wiped.
   */
  private static void unmask(byte[] bytes, int from, int until, byte[] seed, MessageDigest digest)
      throws DigestException {
    var mask = new byte[digest.getDigestLength()];
    int at = from;
    for (int counter = 0; at < until; counter++) {
      digest.update(seed);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, counter));
      digest.digest(mask, 0, mask.length);
      for (int i = 0; i < mask.length && at < until; i++, at++) {
        bytes[at] ^= mask[i];
      }
    }
    Arrays.fill(seed, (byte) 0);
    Arrays.fill(mask, (byte) 0);
  }
}
