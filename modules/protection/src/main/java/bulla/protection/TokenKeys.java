package bulla.protection;

import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a token element: HMAC-SHA-256 of its seed and a label that says what for. */
final class TokenKeys {
  /** The version of the construction; part of every label and of every offset's input. */
  static final byte VERSION = 1;

  private final SecretKeySpec seed;

  TokenKeys(SecretBytes seed) {
    this.seed = seed.with(bytes -> new SecretKeySpec(bytes, "HmacSHA256"));
  }

  SecretKeySpec table(int symbols, int block, int number) {
    return derive("table/" + symbols + "/" + block + "/" + number);
  }

  SecretKeySpec offsetMac() {
    return derive("offset-mac");
  }

  SecretKeySpec offsetStream() {
    return derive("offset-stream");
  }

  private SecretKeySpec derive(String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(seed);
      String label = "bulla-token-" + VERSION + "/" + purpose;
      return new SecretKeySpec(mac.doFinal(label.getBytes(StandardCharsets.US_ASCII)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform has no HMAC-SHA-256", e);
    }
  }
}
