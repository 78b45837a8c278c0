package bulla.rps.export;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * For how long a package is accepted after it was sealed. Time is cut into periods of half of that;
 * what is asked for in a later period is sealed anew, so that nobody is handed less than half.
 */
@Dependent
class PackageLifetime {
  private static final int LONGEST_DAYS = 36_500;

  /** How many there are; the remainder of a period's number tells which it is of. */
  static final long SETTINGS = LONGEST_DAYS + 1;

  private final Duration lifetime;

  /**
   * @param days 0 for packages that do not expire
   * @throws IllegalArgumentException where it is less, or more than a hundred years
   */
  @Inject
  PackageLifetime(
      @ConfigProperty(name = "bulla.package.lifetime.days", defaultValue = "0") int days) {
    if (days < 0 || days > LONGEST_DAYS) {
      throw new IllegalArgumentException(
          "BULLA_PACKAGE_LIFETIME_DAYS must be 0 to " + LONGEST_DAYS);
    }
    this.lifetime = Duration.ofDays(days);
  }

  /**
   * The period that {@code now} lies in; 0 where packages do not expire. No two lifetimes have the
   * number of a period in common: when the setting changes, nothing from before it is found again.
   */
  long period(Instant now) {
    return lifetime.isZero()
        ? 0
        : now.getEpochSecond() / (lifetime.toSeconds() / 2) * SETTINGS + lifetime.toDays();
  }

  /** When what is sealed {@code now} ceases to be accepted; null for never. */
  Instant expiryOrNull(Instant now) {
    return lifetime.isZero() ? null : now.plus(lifetime);
  }
}
