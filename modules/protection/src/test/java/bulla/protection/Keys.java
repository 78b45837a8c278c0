package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.HexFormat;

/** Fixed keys, so that a failure can be repeated. */
final class Keys {
  static final SecretBytes KEY =
      SecretBytes.copyOf(
          HexFormat.of()
              .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
  static final byte[] NO_IV = {};

  private Keys() {}

  static Protection protection(ProtectionMethod method) {
    return Protection.of(method, KEY);
  }
}
