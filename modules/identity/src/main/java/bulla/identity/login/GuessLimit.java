package bulla.identity.login;

import bulla.commonops.caller.SourceAddress;
import bulla.commonops.problem.CommonProblem;
import bulla.database.SettingsCheck;
import bulla.identity.user.UserName;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits how many credentials can be guessed: so many failures a minute from one source address and
 * so many for one user name, and after more of them a lock, whether or not there is such a user.
 * Nobody is locked out for good: a lock ends by itself, nothing that is refused during a lock
 * lengthens it, and whoever has logged in from an address before is counted apart for its name
 * there, so that strangers who guess at an administrator's name do not keep the administrator out.
 * Kept in memory, for a bounded number of addresses and names; those that were asked for least
 * lately go first.
 */
@ApplicationScoped
public class GuessLimit implements SettingsCheck {
  private static final int MOST_KEPT = 10_000;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private LoginLimits limits;
  private TimeMeter time;
  private Map<Key, Bucket> failures;
  private Map<Key, Boolean> knownPlaces;
  private Lockouts<Key> lockouts;

  /** For CDI. */
  protected GuessLimit() {}

  /**
   * A limit by the system's clock.
   *
   * @param perAddress failures a minute, 1 or more
   * @param perName failures a minute, 1 or more
   * @param lockAddressAfter failures, 1 or more
   * @param lockNameAfter failures, 1 or more
   * @param lockSeconds how long a lock lasts
   */
  @Inject
  public GuessLimit(
      @ConfigProperty(name = "bulla.login.failures.per.address", defaultValue = "30")
          int perAddress,
      @ConfigProperty(name = "bulla.login.failures.per.name", defaultValue = "10") int perName,
      @ConfigProperty(name = "bulla.lockout.failures.per.address", defaultValue = "100")
          int lockAddressAfter,
      @ConfigProperty(name = "bulla.lockout.failures.per.name", defaultValue = "20")
          int lockNameAfter,
      @ConfigProperty(name = "bulla.lockout.seconds", defaultValue = "900") int lockSeconds) {
    this(
        new LoginLimits(
            perAddress, perName, lockAddressAfter, lockNameAfter, Duration.ofSeconds(lockSeconds)),
        TimeMeter.SYSTEM_NANOTIME);
  }

  GuessLimit(LoginLimits limits, TimeMeter time) {
    this.limits = limits;
    this.time = time;
    this.failures = new Recent<>(MOST_KEPT);
    this.knownPlaces = new Recent<>(MOST_KEPT);
    this.lockouts = new Lockouts<>(limits.lock().toNanos(), MOST_KEPT, time);
  }

  /**
   * Asks whether credentials may be tried.
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

  /** Counts credentials that were not good; answers what is locked from now on. */
  synchronized Locked failed(String name, String address) {
    String source = SourceAddress.source(address);
    return new Locked(
        count(address(source), limits.perAddress(), limits.lockAddressAfter()),
        count(name(name, source), limits.perName(), limits.lockNameAfter()));
  }

  /** What a failure has locked. */
  record Locked(boolean address, boolean name) {}

  /** How long a lock lasts. */
  Duration lock() {
    return limits.lock();
  }

  /** Remembers that this user comes from this address. */
  synchronized void succeeded(String name, String address) {
    var place = new Key(UserName.keyOf(name), SourceAddress.source(address));
    knownPlaces.put(place, Boolean.TRUE);
    // The failures of strangers stay: they must not guess anew whenever the user logs in.
    lockouts.forget(place);
  }

  /** Lets a user try again, and from its address, if one is given, apart from all strangers. */
  synchronized void unlock(Unlock unlock) {
    String name = UserName.keyOf(unlock.name());
    failures.keySet().removeIf(key -> key.name().equals(name));
    lockouts.forgetAll(key -> key.name().equals(name));
    unlock
        .address()
        .map(SourceAddress::source)
        .ifPresent(
            source -> {
              failures.remove(address(source));
              lockouts.forget(address(source));
              knownPlaces.put(new Key(name, source), Boolean.TRUE);
            });
  }

  private long nanosToWait(Key key) {
    Bucket bucket = failures.get(key);
    return Math.max(
        bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill(),
        lockouts.nanosLocked(key));
  }

  private boolean count(Key key, int aMinute, int untilLocked) {
    failures.computeIfAbsent(key, absent -> bucket(aMinute)).consumeIgnoringRateLimits(1);
    return lockouts.failed(key, untilLocked);
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
}
