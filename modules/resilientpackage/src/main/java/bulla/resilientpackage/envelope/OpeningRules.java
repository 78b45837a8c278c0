package bulla.resilientpackage.envelope;

import java.time.Clock;
import java.util.Objects;

/**
 * How a reader opens packages.
 *
 * @param clock tells whether a package has expired
 * @param maximumBytes how large a package may be, at most {@link #LARGEST}
 */
public record OpeningRules(Clock clock, long maximumBytes) {
  /** What fits into one array, 2 GiB less a little. */
  public static final long LARGEST = Integer.MAX_VALUE - 64L;

  /** The system's clock and packages of at most 1 GiB. */
  public static final OpeningRules DEFAULT = new OpeningRules(Clock.systemUTC(), 1L << 30);

  public OpeningRules {
    Objects.requireNonNull(clock);
    if (maximumBytes < 1 || maximumBytes > LARGEST) {
      throw new IllegalArgumentException("maximumBytes must be 1 to " + LARGEST);
    }
  }
}
