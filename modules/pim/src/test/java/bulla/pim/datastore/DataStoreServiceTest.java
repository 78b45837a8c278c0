package bulla.pim.datastore;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.PimOnDerby;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.RecordedRemovals;
import bulla.pim.object.References;
import bulla.resilientpackage.keys.ExportKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataStoreServiceTest {
  private static final String PEM = PimOnDerby.publicKey();

  private final RecordedChanges changes = new RecordedChanges();
  private final InMemoryStores storeRepository = new InMemoryStores();
  private final InMemoryKeys keyRepository = new InMemoryKeys();
  private final InMemoryRanges ranges = new InMemoryRanges();
  private final RecordedRemovals removals = new RecordedRemovals();
  private final ExportKeyService keys =
      new ExportKeyService(storeRepository, keyRepository, changes, removals);
  private final DataStoreService stores =
      new DataStoreService(
          storeRepository, keyRepository, ranges, changes, new References(List.of(keys)));

  @Test
  void anAddressInARangeFindsItsDataStore() {
    stores.create(new WriteDataStore("DS", null, true));
    String uid = stores.create(new WriteDataStore("DS2", null, false)).uid();
    new RangeService(storeRepository, ranges, changes)
        .add(uid, new AddRange("192.0.2.1", "192.0.2.9"));

    assertThat(stores.withAddress("192.0.2.9")).map(StoreDefinition::uid).contains(uid);
    assertThat(stores.withAddress("::ffff:192.0.2.1")).map(StoreDefinition::uid).contains(uid);
    assertThat(stores.withAddress("192.0.2.10")).as("not even the default one").isEmpty();
    assertThat(stores.withAddress("unknown")).isEmpty();
  }

  @Test
  void aNewDefaultStoreTakesTheFlag() {
    stores.create(new WriteDataStore("DS", "DS", true));
    stores.create(new WriteDataStore("DS2", null, null));
    stores.create(new WriteDataStore("DS3", null, true));
    assertThat(stores.list(null))
        .containsExactly(
            new DataStoreView("DS", "DS", false, "1"),
            new DataStoreView("DS2", null, false, "2"),
            new DataStoreView("DS3", null, true, "3"));
    assertThat(changes.records()).contains("LOSE_DEFAULT datastores 1");
  }

  @Test
  void aKeyIsShownByItsFingerprintWithColons() {
    stores.create(new WriteDataStore("DS", null, true));
    ExportKeyView added = keys.add("1", new AddExportKey("rsa-oaep-256", "kms", PEM));
    assertThat(added.algorithm()).isEqualTo("RSA-OAEP-256");
    assertThat(added.fingerprint())
        .matches("([0-9a-f]{2}:){31}[0-9a-f]{2}")
        .isEqualTo(ExportKey.parse("RSA-OAEP-256", PEM).fingerprintWithColons());
    assertThat(keys.list("1")).containsExactly(added);
    assertThat(stores.withExportKey(added.fingerprint().replace(":", "")))
        .map(KeyedStore::store)
        .contains(new StoreDefinition(1, "1", "DS"));
    assertThat(stores.withExportKey("00".repeat(32))).isEmpty();
  }

  @Test
  void aFingerprintSelectsOneStore() {
    stores.create(new WriteDataStore("DS", null, true));
    stores.create(new WriteDataStore("DS2", null, null));
    keys.add("1", new AddExportKey("RSA-OAEP-256", null, PEM));
    assertThat(
            problem(
                    PimProblem.ALREADY_EXISTS,
                    () -> keys.add("2", new AddExportKey("RSA-OAEP-512", null, PEM)))
                .detail())
        .isEqualTo("Data store '1' has this export key already");
    problem(PimProblem.OBJECT_NOT_FOUND, () -> keys.remove("2", "1"));
    keys.remove("1", "1");
    keys.add("2", new AddExportKey("RSA-OAEP-512", null, PEM));
  }

  @Test
  void noPackageOutlivesItsExportKey() {
    stores.create(new WriteDataStore("DS", null, true));
    ExportKeyView key = keys.add("1", new AddExportKey("RSA-OAEP-256", null, PEM));
    assertThat(removals.records()).isEmpty();
    keys.remove("1", "1");
    assertThat(removals.records()).containsExactly("for " + key.fingerprint().replace(":", ""));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    stores.create(new WriteDataStore("DS", null, true));
    problem(
        PimProblem.INVALID_EXPORT_KEY,
        () -> keys.add("1", new AddExportKey("RSA-OAEP-256", null, "no key")));
    problem(
        PimProblem.INVALID_EXPORT_KEY, () -> keys.add("1", new AddExportKey("RSA1_5", null, PEM)));
  }

  @Test
  void aStoreWithAKeyIsReferredTo() {
    stores.create(new WriteDataStore("DS", null, true));
    keys.add("1", new AddExportKey("RSA-OAEP-256", null, PEM));
    assertThat(keys.referrerTo(ObjectType.DATA_STORE, 1)).contains("export key '1'");
    assertThat(keys.referrerTo(ObjectType.POLICY, 1)).isEmpty();
  }

  private static final class InMemoryStores extends InMemoryObjects<DataStore>
      implements DataStoreRepository {
    InMemoryStores() {
      super(ObjectType.DATA_STORE);
    }

    @Override
    public Optional<DataStore> findDefault() {
      return list().stream().filter(DataStore::isDefault).findFirst();
    }
  }

  private static final class InMemoryKeys implements ExportKeyRepository {
    private final List<StoredExportKey> keys = new ArrayList<>();
    private long last;

    @Override
    public List<StoredExportKey> ofStore(long dataStoreId) {
      return keys.stream().filter(key -> key.dataStoreId() == dataStoreId).toList();
    }

    @Override
    public Optional<StoredExportKey> find(long dataStoreId, long id) {
      return ofStore(dataStoreId).stream().filter(key -> key.id() == id).findFirst();
    }

    @Override
    public Optional<StoredExportKey> withFingerprint(String fingerprint) {
      return keys.stream().filter(key -> key.fingerprint().equals(fingerprint)).findFirst();
    }

    @Override
    public void add(StoredExportKey key) {
      key.stored(++last);
      keys.add(key);
    }

    @Override
    public void remove(StoredExportKey key) {
      keys.remove(key);
    }
  }
}
