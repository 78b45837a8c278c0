package bulla.pim.deployment;

import bulla.pim.datastore.StoreDefinition;
import java.util.List;

/** What protectors enforce at the moment, for the features that explain it. */
public interface LivePolicies {
  /**
   * The newest deploy of every data store that has one, in the order of the data stores' uids.
   *
   * @throws IllegalStateException if one was altered in the database
   */
  List<LivePolicy> all();

  /** The number of the newest deploy of every data store that has one; two statements. */
  List<LiveRevision> revisions();

  /** The number of the newest deploy of a data store. */
  record LiveRevision(StoreDefinition store, long revision) {}
}
