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
  public boolean add(
      SealedPackage sealed, Instant sealedAt, SpooledPackage content, BooleanSupplier current) {
    if (!current.getAsBoolean()) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = content.open().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PackageId id = sealed.id();
    if (contents.putIfAbsent(id, bytes) != null) {
      throw new IllegalStateException("There is a package of this id");
    }
    contents
        .keySet()
        .removeIf(
            other ->
                other.dataStore().equals(id.dataStore())
                    && other.fingerprint().equals(id.fingerprint())
                    && (other.serial() != id.serial()
                        || other.period() != id.period()
                        || !other.kid().equals(id.kid())));
    return true;
  }
}
