package bulla.rps.export;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The sealed packages. One is stored, which takes long, and then confirmed or removed, which does
 * not; it is found once it is confirmed, and never changed.
 */
interface SealedPackageRepository {
  /** The package of this id, if one was confirmed. */
  Optional<SealedPackage> find(PackageId id);

  /** The bytes of a package, which the caller closes; empty where it was removed meanwhile. */
  Optional<SpooledPackage> content(PackageId id);

  /**
   * Stores a package in a transaction of its own, which is committed when this returns.
   *
   * @return its number among the attempts at this id, not 0
   * @throws RuntimeException if the database fails
   */
  long store(SealedPackage sealed, Instant sealedAt, SpooledPackage content);

  /**
   * Confirms what was stored, in a transaction of its own, which is committed when this returns,
   * and removes those that it takes the place of: of another deploy, another signing key, an
   * earlier half of a lifetime or another lifetime. Where another attempt was faster, or this may
   * not be kept, it is removed.
   *
   * @param current asked first, in that transaction: whether the package is one that may be kept
   * @return the package of this id that is kept; empty where this may not be kept, or was removed
   *     meanwhile
   * @throws RuntimeException if the database fails
   */
  Optional<SealedPackage> confirm(SealedPackage sealed, long attempt, BooleanSupplier current);

  /** Removes what was stored and not confirmed, in a transaction of its own. */
  void remove(PackageId id, long attempt);

  /** Removes all that was stored and not confirmed. */
  void removeUnconfirmed();
}
