package bulla.pim.initialization;

import java.util.Optional;

/** The row that says that policy management is initialised. */
interface InitializationRepository {
  /** The row, once there is one. */
  Optional<Initialization> find();

  /** Adds the row; fails where there is one already. */
  void add(Initialization initialization);

  /**
   * Waits until no other change is under way, and keeps others waiting until the transaction ends.
   */
  void lock();

  /** The same; false where policy management is not initialised. */
  boolean countChange();
}
