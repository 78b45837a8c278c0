package bulla.protection;

import bulla.secrets.SecretBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Encryption with several keys: in front of what the current one encrypted stands its id, two
 * bytes, big endian. The other keys only decrypt.
 */
final class KeyIdEncryption implements ByteProtection {
  private static final int ID = Short.BYTES;

  private final Map<Integer, ByteProtection> byId = new TreeMap<>();
  private final int currentId;
  private final ByteProtection current;

  KeyIdEncryption(ElementKeys keys, Function<SecretBytes, ByteProtection> encryption) {
    keys.byId().forEach((id, key) -> byId.put(id, encryption.apply(key)));
    this.currentId = keys.currentId();
    this.current = byId.get(currentId);
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    byte[] encrypted = current.protect(clear, externalIv);
    return ByteBuffer.allocate(ID + encrypted.length)
        .putShort((short) currentId)
        .put(encrypted)
        .array();
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    ByteProtection known = byId.get(idOf(sealed));
    if (known == null) {
      throw new ProtectionException(ReturnCode.DATA_KEY_NOT_LOADED);
    }
    return known.unprotect(Arrays.copyOfRange(sealed, ID, sealed.length), externalIv);
  }

  @Override
  public ReturnCode unprotected(byte[] sealed) {
    return idOf(sealed) == currentId
        ? ReturnCode.UNPROTECTED
        : ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY;
  }

  private static int idOf(byte[] sealed) {
    if (sealed.length < ID) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
    return ByteBuffer.wrap(sealed).getShort() & 0xffff;
  }
}
