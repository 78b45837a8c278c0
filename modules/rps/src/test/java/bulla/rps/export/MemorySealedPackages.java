package bulla.rps.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
  public SpooledPackage content(PackageId id) {
    return spooled(contents.get(id));
  }

  static SpooledPackage spooled(byte[] content) {
    return SpooledPackage.of(out -> out.write(content));
  }

  @Override
  public void add(SealedPackage sealed, Instant sealedAt, SpooledPackage content) {
    byte[] bytes;
    try {
      bytes = content.open().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (contents.putIfAbsent(sealed.id(), bytes) != null) {
      throw new IllegalStateException("There is a package of this id");
    }
  }
}
