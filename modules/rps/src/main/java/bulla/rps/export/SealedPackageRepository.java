package bulla.rps.export;

import java.time.Instant;
import java.util.Optional;

/** The sealed packages. They are added and read, and never changed. */
interface SealedPackageRepository {
  /** The package of this id, if it was sealed. */
  Optional<SealedPackage> find(PackageId id);

  /**
   * The bytes of a package, which the caller closes.
   *
   * @throws IllegalStateException if it was never sealed
   */
  SpooledPackage content(PackageId id);

  /**
   * Adds a package in a transaction of its own, which is committed when this returns.
   *
   * @throws RuntimeException if there is one of this id already, or the database fails
   */
  void add(SealedPackage sealed, Instant sealedAt, SpooledPackage content);
}
