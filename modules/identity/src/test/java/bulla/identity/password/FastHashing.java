package bulla.identity.password;

import bulla.identity.password.PasswordHash.Cost;
import java.time.Duration;

/** Password hashing at a cost for tests. */
public final class FastHashing {
  private FastHashing() {}

  public static PasswordHashing create() {
    return new PasswordHashing(new Cost(64, 1, 1), new HashingQueue(4, 16, Duration.ofSeconds(5)));
  }
}
