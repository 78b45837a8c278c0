package bulla.keyring;

import bulla.secrets.SecretBytes;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106), version 19: bytes from what people can remember. */
public final class Argon2 {
  private Argon2() {}

  /**
   * Derives bytes from a password, without a secret and associated data.
   *
   * @param memory KiB
   * @param passes over that memory
   * @param lanes of that memory
   * @param length bytes of the result, which the caller wipes where it is a secret
   */
  public static byte[] derive(
      SecretBytes password, byte[] salt, int memory, int passes, int lanes, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    return password.with(
        bytes -> {
          var derived = new byte[length];
          generator.generateBytes(bytes, derived);
          return derived;
        });
  }
}
