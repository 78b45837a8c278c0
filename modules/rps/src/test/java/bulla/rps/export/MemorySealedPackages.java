package bulla.rps.export;

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
    return Optional.ofNullable(contents.get(id)).map(content -> SealedPackage.of(id, content));
  }

  @Override
  public byte[] content(PackageId id) {
    return contents.get(id).clone();
  }

  @Override
  public void add(SealedPackage sealed, Instant sealedAt, byte[] content) {
    if (contents.putIfAbsent(sealed.id(), content.clone()) != null) {
      throw new IllegalStateException("There is a package of this id");
    }
  }
}
