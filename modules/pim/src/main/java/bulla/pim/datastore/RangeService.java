package bulla.pim.datastore;

import bulla.commonops.change.Change;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.Referrer;
import bulla.pim.object.Uid;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Says which addresses' protectors belong to a data store. An address belongs to one at most. */
@Dependent
@Transactional
class RangeService implements Referrer {
  private final DataStoreRepository stores;
  private final RangeRepository repository;
  private final PolicyChanges changes;

  @Inject
  RangeService(DataStoreRepository stores, RangeRepository repository, PolicyChanges changes) {
    this.stores = stores;
    this.repository = repository;
    this.changes = changes;
  }

  List<RangeView> list(String storeUid) {
    long store = stores.get(storeUid).id();
    return repository.ofStore(store).stream().map(RangeView::of).toList();
  }

  RangeView add(String storeUid, AddRange wanted) {
    NetworkAddress lowest = address(wanted.from(), "from");
    NetworkAddress highest = wanted.to() == null ? lowest : address(wanted.to(), "to");
    if (lowest.isIpv4() != highest.isIpv4() || lowest.digits().compareTo(highest.digits()) > 0) {
      throw PimProblem.INVALID_RANGE.because(
          "A range goes from the lower address to the higher one of the same kind", "to");
    }
    changes.begin();
    long store = stores.get(storeUid).id();
    repository
        .overlapping(lowest, highest)
        .ifPresent(
            other -> {
              throw PimProblem.RANGE_OVERLAPS.because(
                  "Data store '%d' has the range '%d' from %s to %s"
                      .formatted(
                          other.dataStoreId(),
                          other.id(),
                          other.lowest().text(),
                          other.highest().text()),
                  "from");
            });
    var range = new StoredRange(store, lowest, highest);
    repository.add(range);
    var after = RangeView.of(range);
    changes.record(
        Change.created(
                "ADD_RANGE",
                ObjectType.DATA_STORE.path(),
                storeUid + "/ranges/" + range.id(),
                after)
            .telling("from " + lowest.text() + " to " + highest.text()));
    return after;
  }

  void remove(String storeUid, String rangeUid) {
    changes.begin();
    long store = stores.get(storeUid).id();
    var number = Uid.number(rangeUid);
    StoredRange range =
        (number.isPresent()
                ? repository.find(store, number.getAsLong())
                : Optional.<StoredRange>empty())
            .orElseThrow(() -> ObjectType.RANGE.notFound(rangeUid));
    repository.remove(range);
    changes.record(
        Change.deleted(
                "REMOVE_RANGE",
                ObjectType.DATA_STORE.path(),
                storeUid + "/ranges/" + rangeUid,
                RangeView.of(range))
            .telling("from " + range.lowest().text() + " to " + range.highest().text()));
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return type == ObjectType.DATA_STORE
        ? repository.ofStore(id).stream().findFirst().map(range -> "range '" + range.id() + "'")
        : Optional.empty();
  }

  private static NetworkAddress address(String text, String member) {
    return NetworkAddress.parse(text)
        .orElseThrow(
            () -> PimProblem.INVALID_RANGE.because("It must be an IPv4 or IPv6 address", member));
  }
}
