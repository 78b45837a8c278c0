package bulla.pim.datastore;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeServiceTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final RecordedChanges changes = new RecordedChanges();
  private final RangeService service = new RangeService(stores, new InMemoryRanges(), changes);

  @BeforeEach
  void twoStores() {
    stores.add(new DataStore(new WriteDataStore("DS", null, true)));
    stores.add(new DataStore(new WriteDataStore("DS2", null, false)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,10.0.0.9,10.0.0.1,10.0.0.9",
    "10.0.0.1,,10.0.0.1,10.0.0.1",
    "2001:DB8::1,2001:db8:0:0:0:0:0:ff,2001:db8::1,2001:db8::ff",
    "::,::1,::,::1",
    "1:0:0:2:0:0:0:3,,1:0:0:2::3,1:0:0:2::3",
    "2001:db8:10:0:0:0:0:0,,2001:db8:10::,2001:db8:10::",
    "::ffff:10.0.0.1,10.0.0.2,10.0.0.1,10.0.0.2"
  })
  void aRangeIsShownInOneSpelling(String from, String to, String shownFrom, String shownTo) {
    assertThat(service.add("1", new AddRange(from, to)))
        .isEqualTo(new RangeView(shownFrom, shownTo, "1"));
    assertThat(service.list("1")).hasSize(1);
    assertThat(changes.records()).containsExactly("begin", "ADD_RANGE datastores 1/ranges/1");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,,from",
    "example.com,,from",
    "10.0.0.256,,from",
    "010.0.0.1,,from",
    "10.0.1,,from",
    "2130706433,,from",
    "fe80::1%lo,,from",
    "1::2::3,,from",
    ".:1,,from",
    "..::1,,from",
    ":,,from",
    "10.0.0.1,x,to",
    "10.0.0.2,10.0.0.1,to",
    "10.0.0.2,2001:db8::1,to",
    "::,10.0.0.1,to"
  })
  void whatIsNoRangeIsRefused(String from, String to, String member) {
    assertThat(
            problem(PimProblem.INVALID_RANGE, () -> service.add("1", new AddRange(from, to)))
                .member())
        .contains(member);
    assertThat(service.list("1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.9,10.0.0.20",
    "10.0.0.1,",
    "10.0.0.0,10.0.0.255",
    "10.0.0.5,10.0.0.6",
    "::ffff:a00:5,"
  })
  void anAddressBelongsToOneRange(String from, String to) {
    service.add("1", new AddRange("10.0.0.1", "10.0.0.9"));
    for (String store : List.of("1", "2")) {
      assertThat(
              problem(PimProblem.RANGE_OVERLAPS, () -> service.add(store, new AddRange(from, to)))
                  .detail())
          .isEqualTo("Data store '1' has the range '1' from 10.0.0.1 to 10.0.0.9");
    }
  }

  @Test
  void rangesMayTouch() {
    service.add("1", new AddRange("10.0.0.1", "10.0.0.9"));
    service.add("2", new AddRange("10.0.0.10", "10.0.0.19"));
    service.add("2", new AddRange("10.0.0.0", null));
    assertThat(service.list("2")).hasSize(2);
  }

  @Test
  void aStoreWithARangeIsReferredToUntilItIsRemoved() {
    service.add("1", new AddRange("10.0.0.1", null));
    assertThat(service.referrerTo(ObjectType.DATA_STORE, 1)).contains("range '1'");
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.remove("2", "1"));
    service.remove("1", "1");
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.remove("1", "1"));
    assertThat(service.referrerTo(ObjectType.DATA_STORE, 1)).isEmpty();
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
}
