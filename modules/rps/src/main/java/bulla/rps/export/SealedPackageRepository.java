package bulla.rps.export;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The sealed packages. They are added, read and removed, and never changed. */
interface SealedPackageRepository {
  /** The package of this id, if it was sealed. */
  Optional<SealedPackage> find(PackageId id);

  /** The bytes of a package, which the caller closes; empty where it was removed meanwhile. */
  Optional<SpooledPackage> content(PackageId id);

  /**
   * Adds a package in a transaction of its own, which is committed when this returns, and removes
   * those that it takes the place of: of another deploy, another half of a lifetime or another
   * signing key.
   *
   * @param current asked first, in that transaction: whether the package is one that may be kept
   * @return whether it was added
   * @throws RuntimeException if there is one of this id already, or the database fails
   */
  boolean add(
      SealedPackage sealed, Instant sealedAt, SpooledPackage content, BooleanSupplier current);
}
