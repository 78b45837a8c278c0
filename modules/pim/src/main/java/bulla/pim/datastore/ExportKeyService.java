package bulla.pim.datastore;

import bulla.commonops.change.Change;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.Referrer;
import bulla.pim.object.SealedPackages;
import bulla.pim.object.Uid;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.UnusableKeyException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds export keys to data stores and removes them. */
@Dependent
@Transactional
class ExportKeyService implements Referrer {
  private final DataStoreRepository stores;
  private final ExportKeyRepository repository;
  private final PolicyChanges changes;
  private final SealedPackages sealedPackages;

  @Inject
  ExportKeyService(
      DataStoreRepository stores,
      ExportKeyRepository repository,
      PolicyChanges changes,
      SealedPackages sealedPackages) {
    this.stores = stores;
    this.repository = repository;
    this.changes = changes;
    this.sealedPackages = sealedPackages;
  }

  List<ExportKeyView> list(String storeUid) {
    long store = stores.get(storeUid).id();
    return repository.ofStore(store).stream().map(ExportKeyView::of).toList();
  }

  ExportKeyView add(String storeUid, AddExportKey wanted) {
    ExportKey key = parsed(wanted);
    changes.begin();
    long store = stores.get(storeUid).id();
    // A fingerprint selects one data store, whoever exports by it.
    repository
        .withFingerprint(key.fingerprint())
        .ifPresent(
            present -> {
              throw PimProblem.ALREADY_EXISTS.because(
                  "Data store '" + present.dataStoreId() + "' has this export key already", "pem");
            });
    var stored = new StoredExportKey(store, key, wanted.pem(), wanted.description());
    repository.add(stored);
    var after = ExportKeyView.of(stored);
    changes.record(
        Change.created(
            "ADD_EXPORT_KEY",
            ObjectType.DATA_STORE.path(),
            storeUid + "/export/keys/" + stored.id(),
            after));
    return after;
  }

  void remove(String storeUid, String keyUid) {
    changes.begin();
    long store = stores.get(storeUid).id();
    var number = Uid.number(keyUid);
    StoredExportKey key =
        (number.isPresent()
                ? repository.find(store, number.getAsLong())
                : Optional.<StoredExportKey>empty())
            .orElseThrow(() -> ObjectType.EXPORT_KEY.notFound(keyUid));
    repository.remove(key);
    sealedPackages.removeFor(key.fingerprint());
    changes.record(
        Change.deleted(
            "REMOVE_EXPORT_KEY",
            ObjectType.DATA_STORE.path(),
            storeUid + "/export/keys/" + keyUid,
            ExportKeyView.of(key)));
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return type == ObjectType.DATA_STORE
        ? repository.ofStore(id).stream().findFirst().map(key -> "export key '" + key.id() + "'")
        : Optional.empty();
  }

  private static ExportKey parsed(AddExportKey wanted) {
    KeyWrap algorithm = usable("algorithm", () -> KeyWrap.named(wanted.algorithm()));
    return usable("pem", () -> ExportKey.parse(algorithm, wanted.pem()));
  }

  private static <T> T usable(String member, Supplier<T> value) {
    try {
      return value.get();
    } catch (UnusableKeyException unusable) {
      throw PimProblem.INVALID_EXPORT_KEY.because(unusable.getMessage(), member);
    }
  }
}
