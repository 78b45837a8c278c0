package bulla.protection;

import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * CBC (NIST SP 800-38A) with PKCS #5 padding, of AES or Triple DES. The layout is {@code [iv(a
 * block)] CBC(clear [crc32(4, big endian)] padding)}; without IV the IV is a block of zero bytes.
 */
final class CbcEncryption implements ByteProtection {
  private static final int CRC = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String cipherName;
  private final int block;
  private final boolean iv;
  private final boolean crc;
  private final SecretKeySpec key;

  CbcEncryption(BlockCipher cipher, boolean iv, boolean crc, SecretBytes key) {
    this.cipherName = cipher.algorithm() + "/CBC/";
    this.block = cipher.block();
    this.iv = iv;
    this.crc = crc;
    this.key = key.with(bytes -> new SecretKeySpec(bytes, cipher.algorithm()));
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    var start = new byte[block];
    if (iv) {
      RANDOM.nextBytes(start);
    }
    byte[] encrypted = encrypt(start, clear);
    if (!iv) {
      return encrypted;
    }
    return ByteBuffer.allocate(block + encrypted.length).put(start).put(encrypted).array();
  }

  byte[] encrypt(byte[] start, byte[] clear) {
    byte[] content = clear;
    if (crc) {
      content = ByteBuffer.allocate(clear.length + CRC).put(clear).putInt(crcOf(clear)).array();
    }
    try {
      var cipher = Cipher.getInstance(cipherName + "PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's CBC does not encrypt", e);
    }
  }

  /**
   * Padding and CRC are checked together, after all of the work has been done for either outcome: a
   * caller who could tell a wrong padding from a wrong CRC could decrypt without the key.
   */
  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    int from = iv ? block : 0;
    if (sealed.length < from + block || sealed.length % block != 0) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
    byte[] start = iv ? Arrays.copyOf(sealed, block) : new byte[block];
    byte[] padded = decrypt(start, sealed, from);

    int padding = padded[padded.length - 1] & 0xff;
    int wrong = padding == 0 || padding > block ? 1 : 0;
    int assumed = wrong == 1 ? block : padding;
    for (int i = 1; i <= block; i++) {
      int difference = (padded[padded.length - i] & 0xff) ^ padding;
      wrong |= i <= assumed ? difference : 0;
    }
    int contentLength = padded.length - assumed;
    int clearLength = contentLength;
    if (crc) {
      clearLength = Math.max(0, contentLength - CRC);
      wrong |= contentLength < CRC ? 1 : 0;
    }
    byte[] clear = Arrays.copyOf(padded, clearLength);
    if (crc) {
      byte[] expected = ByteBuffer.allocate(CRC).putInt(crcOf(clear)).array();
      byte[] found = Arrays.copyOfRange(padded, clearLength, clearLength + CRC);
      wrong |= MessageDigest.isEqual(expected, found) ? 0 : 1;
    }
    if (wrong != 0) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
    return clear;
  }

  private byte[] decrypt(byte[] start, byte[] sealed, int from) {
    try {
      var cipher = Cipher.getInstance(cipherName + "NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(start));
      return cipher.doFinal(sealed, from, sealed.length - from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's CBC does not decrypt", e);
    }
  }

  static int crcOf(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
