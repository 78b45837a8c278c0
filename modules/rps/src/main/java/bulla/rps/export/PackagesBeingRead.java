package bulla.rps.export;

import bulla.commonops.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The packages that callers are reading. Each lies in one file however many do, and few files lie
 * there at once, because a package may be large and a reader slow.
 */
@ApplicationScoped
class PackagesBeingRead {
  private static final int MOST_AT_ONCE = 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Turns places;
  private final Map<SealedPackage, SpooledPackage> files = new ConcurrentHashMap<>();

  PackagesBeingRead() {
    this(MOST_AT_ONCE, LONGEST_WAIT);
  }

  PackagesBeingRead(int mostAtOnce, Duration longestWait) {
    this.places = new Turns(mostAtOnce, longestWait);
  }

  /** A package that somebody else is reading; the caller closes it. */
  Optional<SpooledPackage> find(SealedPackage sealed) {
    return Optional.ofNullable(files.get(sealed)).flatMap(SpooledPackage::another);
  }

  /**
   * What {@code spooling} gives, which the caller closes and others find until all have closed it.
   *
   * @throws Problem 503 where too many others are read for too long
   */
  Optional<SpooledPackage> shared(
      SealedPackage sealed, Supplier<Optional<SpooledPackage>> spooling) {
    Optional<SpooledPackage> placed = placed(spooling, file -> files.remove(sealed, file));
    placed.ifPresent(file -> files.put(sealed, file));
    return placed;
  }

  /**
   * What {@code spooling} gives, for the caller alone, who closes it.
   *
   * @throws Problem 503 where too many others are read for too long
   */
  Optional<SpooledPackage> unshared(Supplier<Optional<SpooledPackage>> spooling) {
    return placed(spooling, file -> {});
  }

  private Optional<SpooledPackage> placed(
      Supplier<Optional<SpooledPackage>> spooling, Consumer<SpooledPackage> atTheEnd) {
    places.begin();
    Optional<SpooledPackage> placed = Optional.empty();
    try {
      placed = spooling.get();
      placed.ifPresent(
          file ->
              file.whenAllHaveClosed(
                  () -> {
                    atTheEnd.accept(file);
                    places.end();
                  }));
      return placed;
    } finally {
      if (placed.isEmpty()) {
        places.end();
      }
    }
  }
}
