package bulla.identity.login;

import java.time.Duration;

/**
 * How often credentials may be wrong.
 *
 * @param perAddress failures a minute from one source address
 * @param perName failures a minute for one user name
 * @param lockAddressAfter failures that lock a source address
 * @param lockNameAfter failures that lock a user name
 * @param lock how long a lock lasts
 */
record LoginLimits(
    int perAddress, int perName, int lockAddressAfter, int lockNameAfter, Duration lock) {
  private static final Duration LONGEST = Duration.ofDays(1);

  LoginLimits {
    if (perAddress < 1 || perName < 1) {
      throw new IllegalArgumentException(
          "BULLA_LOGIN_FAILURES_PER_ADDRESS and BULLA_LOGIN_FAILURES_PER_NAME must be 1 or more");
    }
    if (lockAddressAfter < 1 || lockNameAfter < 1) {
      throw new IllegalArgumentException(
          "BULLA_LOCKOUT_FAILURES_PER_ADDRESS and BULLA_LOCKOUT_FAILURES_PER_NAME must be 1 or"
              + " more");
    }
    if (lock.isNegative() || lock.isZero() || lock.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "BULLA_LOCKOUT_SECONDS must be from 1 to " + LONGEST.toSeconds());
    }
  }
}
