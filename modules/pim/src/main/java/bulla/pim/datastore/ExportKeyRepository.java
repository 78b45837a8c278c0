package bulla.pim.datastore;

import java.util.List;
import java.util.Optional;

/** The stored export keys. */
interface ExportKeyRepository {
  /** The keys of a data store, in the order of their uids. */
  List<StoredExportKey> ofStore(long dataStoreId);

  /** The key of this data store with this number. */
  Optional<StoredExportKey> find(long dataStoreId, long id);

  /** The key with this fingerprint, 64 lower-case hexadecimal digits. */
  Optional<StoredExportKey> withFingerprint(String fingerprint);

  /** Stores a new key, which has a uid when this returns. */
  void add(StoredExportKey key);

  /** Removes a key. */
  void remove(StoredExportKey key);
}
