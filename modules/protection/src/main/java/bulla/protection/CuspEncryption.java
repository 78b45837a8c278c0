package bulla.protection;

import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * CBC that keeps the length. The layout is {@code [iv(a block)] CBC(the full blocks of clear
 * [crc32(4, big endian)]) rest}; the rest, less than a block, is combined by exclusive or with the
 * encryption of the last encrypted block, or of the IV where there is no full block. Without IV the
 * IV is a block of zero bytes.
 */
final class CuspEncryption implements ByteProtection {
  private static final int CRC = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final BlockCipher blockCipher;
  private final boolean iv;
  private final boolean crc;
  private final SecretKeySpec key;

  CuspEncryption(BlockCipher blockCipher, boolean iv, boolean crc, SecretBytes key) {
    this.blockCipher = blockCipher;
    this.iv = iv;
    this.crc = crc;
    this.key = key.with(bytes -> new SecretKeySpec(bytes, blockCipher.algorithm()));
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    int block = blockCipher.block();
    var start = new byte[block];
    if (iv) {
      RANDOM.nextBytes(start);
    }
    byte[] content = clear;
    if (crc) {
      content =
          ByteBuffer.allocate(clear.length + CRC)
              .put(clear)
              .putInt(CbcEncryption.crcOf(clear))
              .array();
    }
    int whole = content.length / block * block;
    byte[] encrypted = cbc(Cipher.ENCRYPT_MODE, start, content, 0, whole);
    byte[] last = whole == 0 ? start : Arrays.copyOfRange(encrypted, whole - block, whole);
    int from = iv ? block : 0;
    return ByteBuffer.allocate(from + content.length)
        .put(start, 0, from)
        .put(encrypted)
        .put(rest(last, content, whole))
        .array();
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    int block = blockCipher.block();
    int from = iv ? block : 0;
    if (sealed.length < from + (crc ? CRC : 0)) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
    byte[] start = iv ? Arrays.copyOf(sealed, block) : new byte[block];
    int whole = (sealed.length - from) / block * block;
    byte[] decrypted = cbc(Cipher.DECRYPT_MODE, start, sealed, from, whole);
    byte[] last =
        whole == 0 ? start : Arrays.copyOfRange(sealed, from + whole - block, from + whole);
    byte[] content =
        ByteBuffer.allocate(sealed.length - from)
            .put(decrypted)
            .put(rest(last, sealed, from + whole))
            .array();
    if (!crc) {
      return content;
    }
    byte[] clear = Arrays.copyOf(content, content.length - CRC);
    byte[] expected = ByteBuffer.allocate(CRC).putInt(CbcEncryption.crcOf(clear)).array();
    byte[] found = Arrays.copyOfRange(content, clear.length, content.length);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
    return clear;
  }

  /** What lies behind {@code from}, combined with the encrypted {@code last}. */
  private byte[] rest(byte[] last, byte[] content, int from) {
    byte[] rest = Arrays.copyOfRange(content, from, content.length);
    if (rest.length > 0) {
      byte[] stream = cbc(Cipher.ENCRYPT_MODE, new byte[last.length], last, 0, last.length);
      for (int i = 0; i < rest.length; i++) {
        rest[i] ^= stream[i];
      }
    }
    return rest;
  }

  private byte[] cbc(int mode, byte[] start, byte[] content, int from, int length) {
    try {
      var cipher = Cipher.getInstance(blockCipher.algorithm() + "/CBC/NoPadding");
      cipher.init(mode, key, new IvParameterSpec(start));
      return cipher.doFinal(content, from, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's CBC does not work", e);
    }
  }
}
