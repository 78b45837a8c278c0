package bulla.pim.initialization;

import java.util.Optional;

/** The row that says that policy management is initialised. */
interface InitializationRepository {
  /** The row, once there is one. */
  Optional<Initialization> find();

  /** Adds the row; fails where there is one already. */
  void add(Initialization initialization);

  /**
   * Counts a change, and so holds the row until the end of the transaction; false where there is no
   * row.
   */
  boolean countChange();
}
