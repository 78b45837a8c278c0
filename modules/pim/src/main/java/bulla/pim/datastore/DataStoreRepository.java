package bulla.pim.datastore;

import bulla.pim.object.PolicyObjects;
import java.util.Optional;

/** The stored data stores. */
interface DataStoreRepository extends PolicyObjects<DataStore> {
  /** The default one. */
  Optional<DataStore> findDefault();
}
