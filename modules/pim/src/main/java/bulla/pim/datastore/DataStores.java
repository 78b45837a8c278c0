package bulla.pim.datastore;

import java.util.List;
import java.util.Optional;

/** The data stores, for the features that deploy to them. */
public interface DataStores {
  /**
   * The data store that the path names.
   *
   * @throws bulla.commonops.problem.Problem 404 where there is none
   */
  StoreDefinition pathNamed(String uid);

  /**
   * The data store that a member of the body names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is none
   */
  StoreDefinition referenced(String uid, String member);

  /** All of them, in the order of their uids; one statement. */
  List<StoreDefinition> all();

  /** The data store with the export key of this fingerprint, 64 lower-case hexadecimal digits. */
  Optional<KeyedStore> withExportKey(String fingerprint);

  /** The data store in whose ranges this IPv4 or IPv6 address lies. */
  Optional<StoreDefinition> withAddress(String address);
}
