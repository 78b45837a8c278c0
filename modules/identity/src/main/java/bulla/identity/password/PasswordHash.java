package bulla.identity.password;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hashed password in the PHC string format, {@code $argon2id$v=19$m=7168,t=5,p=1$<salt>$<hash>}
 * with unpadded Base64: the cost lies beside each hash, so that hashes of an older cost stay good
 * when the cost is raised. Its text form shows the cost alone.
 */
public final class PasswordHash {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d{0,2}),p=([1-9]\\d?)"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  PasswordHash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt.clone();
    this.hash = hash.clone();
  }

  /**
   * What one hash costs.
   *
   * @param memory KiB
   * @param passes over that memory
   * @param lanes of that memory
   */
  record Cost(int memory, int passes, int lanes) {}

  /**
   * Reads a hash in the PHC string format.
   *
   * @throws IllegalArgumentException if it is not an Argon2id hash of version 19 with reasonable
   *     parameters; the message does not repeat it
   */
  public static PasswordHash parse(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not an Argon2id hash in the PHC string format");
    }
    return new PasswordHash(
        new Cost(number(parts.group(1)), number(parts.group(2)), number(parts.group(3))),
        Base64.getDecoder().decode(parts.group(4)),
        Base64.getDecoder().decode(parts.group(5)));
  }

  /** The hash in the PHC string format, for the database alone. */
  public String phc() {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memory(),
            cost.passes(),
            cost.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  Cost cost() {
    return cost;
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] hash() {
    return hash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that
        && cost.equals(that.cost)
        && Arrays.equals(salt, that.salt)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(salt);
  }

  /** The cost, never salt or hash. */
  @Override
  public String toString() {
    return "PasswordHash[" + cost + "]";
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
