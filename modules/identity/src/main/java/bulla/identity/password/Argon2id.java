package bulla.identity.password;

import bulla.identity.password.PasswordHash.Cost;
import bulla.keyring.Argon2;
import bulla.secrets.SecretBytes;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** Argon2id (RFC 9106), version 19. */
final class Argon2id {
  /** The smallest memory among the settings of the OWASP password storage cheat sheet. */
  static final Cost PRESENT_COST = new Cost(7 * 1024, 5, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Argon2id() {}

  /** Hashes with a fresh salt. */
  static PasswordHash hash(SecretBytes password, Cost cost) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new PasswordHash(cost, salt, compute(password, cost, salt, HASH_BYTES));
  }

  /** Random bytes where the hash of a password would be: no password has it, and none is hashed. */
  static PasswordHash ofNobody(Cost cost) {
    var salt = new byte[SALT_BYTES];
    var hash = new byte[HASH_BYTES];
    RANDOM.nextBytes(salt);
    RANDOM.nextBytes(hash);
    return new PasswordHash(cost, salt, hash);
  }

  /** Whether {@code expected} is the hash of {@code password}; compares in constant time. */
  static boolean matches(SecretBytes password, PasswordHash expected) {
    byte[] wanted = expected.hash();
    return MessageDigest.isEqual(
        wanted, compute(password, expected.cost(), expected.salt(), wanted.length));
  }

  private static byte[] compute(SecretBytes password, Cost cost, byte[] salt, int length) {
    return Argon2.derive(password, salt, cost.memory(), cost.passes(), cost.lanes(), length);
  }
}
