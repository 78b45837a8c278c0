package bulla.pim.datastore;

import bulla.commonops.change.Change;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.keys.ExportKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes data stores. */
@Dependent
@Transactional
class DataStoreService implements DataStores {
  private final DataStoreRepository repository;
  private final ExportKeyRepository keys;
  private final RangeRepository ranges;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  DataStoreService(
      DataStoreRepository repository,
      ExportKeyRepository keys,
      RangeRepository ranges,
      PolicyChanges changes,
      References references) {
    this.repository = repository;
    this.keys = keys;
    this.ranges = ranges;
    this.changes = changes;
    this.references = references;
  }

  List<DataStoreView> list(String name) {
    return repository.list(name).stream().map(DataStoreView::of).toList();
  }

  Versioned<DataStoreView> get(String uid) {
    DataStore store = repository.get(uid);
    return new Versioned<>(store.version(), DataStoreView.of(store));
  }

  DataStoreView create(WriteDataStore wanted) {
    changes.begin();
    repository.requireFree(wanted.name());
    moveDefault(wanted, Optional.empty());
    var store = new DataStore(wanted);
    repository.add(store);
    var after = DataStoreView.of(store);
    changes.created(ObjectType.DATA_STORE, store.uid(), after);
    return after;
  }

  DataStoreView change(String uid, WriteDataStore wanted, LongConsumer versionCheck) {
    changes.begin();
    DataStore store = repository.get(uid);
    versionCheck.accept(store.version());
    var before = DataStoreView.of(store);
    repository.requireFree(wanted.name(), store);
    moveDefault(wanted, Optional.of(store));
    store.become(wanted);
    repository.write(store);
    var after = DataStoreView.of(store);
    changes.changed(ObjectType.DATA_STORE, uid, before, after);
    return after;
  }

  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    DataStore store = repository.get(uid);
    versionCheck.accept(store.version());
    references.requireNone(ObjectType.DATA_STORE, store);
    repository.remove(store);
    changes.deleted(ObjectType.DATA_STORE, uid, DataStoreView.of(store));
  }

  @Override
  public StoreDefinition pathNamed(String uid) {
    return definition(repository.get(uid));
  }

  @Override
  public StoreDefinition referenced(String uid, String member) {
    return definition(repository.referenced(uid, member));
  }

  @Override
  public List<StoreDefinition> all() {
    return repository.list().stream().map(DataStoreService::definition).toList();
  }

  @Override
  public Optional<KeyedStore> withExportKey(String fingerprint) {
    return keys.withFingerprint(fingerprint)
        .flatMap(
            key ->
                repository
                    .find(key.dataStoreId())
                    .map(
                        store ->
                            new KeyedStore(
                                definition(store), ExportKey.parse(key.algorithm(), key.pem()))));
  }

  @Override
  public Optional<StoreDefinition> withAddress(String address) {
    return NetworkAddress.parse(address)
        .flatMap(one -> ranges.overlapping(one, one))
        .flatMap(range -> repository.find(range.dataStoreId()))
        .map(DataStoreService::definition);
  }

  private void moveDefault(WriteDataStore wanted, Optional<DataStore> to) {
    if (wanted.isDefault()) {
      repository
          .findDefault()
          .filter(former -> to.isEmpty() || former.id() != to.get().id())
          .ifPresent(
              former -> {
                var before = DataStoreView.of(former);
                former.loseDefault();
                changes.record(
                    Change.updated(
                        "LOSE_DEFAULT",
                        ObjectType.DATA_STORE.path(),
                        former.uid(),
                        before,
                        DataStoreView.of(former)));
              });
    }
  }

  private static StoreDefinition definition(DataStore store) {
    return new StoreDefinition(store.id(), store.uid(), store.name());
  }
}
