package bulla.identity.login;

import bulla.commonops.caller.SourceAddress;
import bulla.commonops.problem.CommonProblem;
import bulla.identity.user.UserName;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits how many passwords can be guessed: so many failures a minute from one source address and
 * so many for one user name, whether or not there is such a user. Failures that were under way when
 * the limit was reached count too and lengthen the wait. Nobody is locked out for good, and whoever
 * has logged in from an address before is counted apart for its name there, so that strangers who
 * guess at an administrator's name do not keep the administrator out. Kept in memory, for a bounded
 * number of addresses and names; those that were asked for least lately go first.
 */
@ApplicationScoped
public class GuessLimit {
  private static final int MOST_KEPT = 10_000;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private int perAddress;
  private int perName;
  private TimeMeter time;
  private final Map<Key, Bucket> failures = new Recent<>();
  private final Map<Key, Boolean> knownPlaces = new Recent<>();

  /** For CDI. */
  protected GuessLimit() {}

  /**
   * A limit by the system's clock.
   *
   * @param perAddress failures a minute, 1 or more
   * @param perName failures a minute, 1 or more
   */
  @Inject
  public GuessLimit(
      @ConfigProperty(name = "bulla.login.failures.per.address", defaultValue = "30")
          int perAddress,
      @ConfigProperty(name = "bulla.login.failures.per.name", defaultValue = "10") int perName) {
    this(perAddress, perName, TimeMeter.SYSTEM_NANOTIME);
  }

  GuessLimit(int perAddress, int perName, TimeMeter time) {
    if (perAddress < 1 || perName < 1) {
      throw new IllegalArgumentException(
          "bulla.login.failures.per.address and bulla.login.failures.per.name must be 1 or more");
    }
    this.perAddress = perAddress;
    this.perName = perName;
    this.time = time;
  }

  /**
   * Asks whether a password may be tried.
   *
   * @throws bulla.commonops.problem.Problem 429 with {@code Retry-After} where too many have failed
   */
  synchronized void check(String name, String address) {
    String source = SourceAddress.source(address);
    long wait = Math.max(nanosToWait(address(source)), nanosToWait(name(name, source)));
    if (wait > 0) {
      throw CommonProblem.TOO_MANY_REQUESTS
          .because("Too many logins have failed; try again later")
          .retryAfter((int) TimeUnit.NANOSECONDS.toSeconds(wait) + 1);
    }
  }

  /** Counts a name and a password that did not fit. */
  synchronized void failed(String name, String address) {
    String source = SourceAddress.source(address);
    count(address(source), perAddress);
    count(name(name, source), perName);
  }

  /** Remembers that this user comes from this address. */
  synchronized void succeeded(String name, String address) {
    knownPlaces.put(new Key(UserName.keyOf(name), SourceAddress.source(address)), Boolean.TRUE);
  }

  private long nanosToWait(Key key) {
    Bucket bucket = failures.get(key);
    return bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  private void count(Key key, int most) {
    failures.computeIfAbsent(key, absent -> bucket(most)).consumeIgnoringRateLimits(1);
  }

  private Bucket bucket(int most) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(most).refillGreedy(most, PERIOD))
        .withCustomTimePrecision(time)
        .build();
  }

  private static Key address(String source) {
    return new Key("", source);
  }

  private Key name(String name, String source) {
    String compared = UserName.keyOf(name);
    var place = new Key(compared, source);
    return knownPlaces.get(place) == null ? new Key(compared, "") : place;
  }

  /** What is counted: a source, a name, or a name from a source; empty is any. */
  private record Key(String name, String source) {}

  /** Forgets what was asked for least lately. */
  private static final class Recent<V> extends LinkedHashMap<Key, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
      return size() > MOST_KEPT;
    }
  }
}
