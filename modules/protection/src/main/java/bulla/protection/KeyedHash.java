package bulla.protection;

import bulla.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC (RFC 2104) of a value; there is no way back. */
final class KeyedHash implements ByteProtection {
  private final String algorithm;
  private final SecretKeySpec key;

  KeyedHash(String algorithm, SecretBytes key) {
    this.algorithm = algorithm;
    this.key = key.with(bytes -> new SecretKeySpec(bytes, algorithm));
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(key);
      return mac.doFinal(clear);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform has no " + algorithm, e);
    }
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    throw new ProtectionException(ReturnCode.UNSUPPORTED_ACTION);
  }
}
