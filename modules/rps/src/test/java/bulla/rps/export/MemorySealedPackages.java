package bulla.rps.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Sealed packages in memory, one per id. */
class MemorySealedPackages implements SealedPackageRepository {
  private final Map<PackageId, byte[]> contents = new ConcurrentHashMap<>();
  private final Map<Long, byte[]> attempts = new ConcurrentHashMap<>();
  private long last;

  /** How many are stored and not confirmed. */
  int attempts() {
    return attempts.size();
  }

  int size() {
    return contents.size();
  }

  @Override
  public Optional<SealedPackage> find(PackageId id) {
    return Optional.ofNullable(contents.get(id))
        .map(
            content -> {
              try (SpooledPackage spooled = spooled(content)) {
                return new SealedPackage(id, spooled.digest());
              }
            });
  }

  @Override
  public Optional<SpooledPackage> content(PackageId id) {
    return Optional.ofNullable(contents.get(id)).map(MemorySealedPackages::spooled);
  }

  void remove(PackageId id) {
    contents.remove(id);
  }

  static SpooledPackage spooled(byte[] content) {
    return SpooledPackage.of(out -> out.write(content));
  }

  @Override
  public synchronized long store(SealedPackage sealed, Instant sealedAt, SpooledPackage content) {
    try {
      attempts.put(++last, content.open().readAllBytes());
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Optional<SealedPackage> confirm(
      SealedPackage sealed, long attempt, BooleanSupplier current) {
    boolean keep = current.getAsBoolean();
    byte[] bytes = attempts.remove(attempt);
    if (!keep) {
      return Optional.empty();
    }
    PackageId id = sealed.id();
    contents.putIfAbsent(id, bytes);
    contents
        .keySet()
        .removeIf(
            other ->
                other.dataStore().equals(id.dataStore())
                    && other.fingerprint().equals(id.fingerprint())
                    && (other.serial() != id.serial()
                        || other.period() != id.period()
                        || !other.kid().equals(id.kid())));
    return find(id);
  }

  @Override
  public void remove(PackageId id, long attempt) {
    attempts.remove(attempt);
  }

  @Override
  public void removeUnconfirmed() {
    attempts.clear();
  }
}
