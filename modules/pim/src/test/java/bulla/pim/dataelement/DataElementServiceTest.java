package bulla.pim.dataelement;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.keyring.KeyContext;
import bulla.pim.mask.Masks;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PlacedKeys;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.secrets.SecretBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataElementServiceTest {
  private final RecordedChanges changes = new RecordedChanges();
  private final InMemoryKeys keys = new InMemoryKeys();
  private final PlacedKeys keyring = new PlacedKeys();
  private final DataElementService service =
      new DataElementService(
          new InMemoryElements(), keys, new OneMask(), keyring, changes, new References(List.of()));

  @Test
  void anElementGetsAKeyThatOpensInItsOwnPlaceAlone() {
    service.create(new CreateDataElement("one", null, new Aes256GcmEnc()));
    service.create(new CreateDataElement("two", null, new Aes256GcmEnc()));
    assertThat(keyring.contexts())
        .containsExactly(
            new KeyContext("pim", "dataelement/1", 1, "data"),
            new KeyContext("pim", "dataelement/2", 1, "data"));
    Map<String, SecretBytes> opened = service.openKeys(List.of(1L, 2L));
    assertThat(opened).containsOnlyKeys("1", "2");
    assertThat(opened.get("1").length()).isEqualTo(32);
    assertThat(opened.get("1")).isNotEqualTo(opened.get("2"));
    assertThat(changes.records()).contains("CREATE dataelements 1", "CREATE dataelements 2");
  }

  @Test
  void anElementWithoutProtectionHasNoKey() {
    service.create(new CreateDataElement("clear", null, new NoEnc(null)));
    assertThat(keys.ofElements(List.of(1L))).isEmpty();
    assertThat(service.openKeys(List.of(1L))).isEmpty();
  }

  @Test
  void theMaskOfAnElementMustExist() {
    var problem =
        problem(
            PimProblem.UNKNOWN_REFERENCE,
            () -> service.create(new CreateDataElement("clear", null, new NoEnc("9"))));
    assertThat(problem.member()).contains("noEnc.maskUid");
    service.create(new CreateDataElement("clear", null, new NoEnc("1")));
    assertThat(service.referrerTo(ObjectType.MASK, 1)).contains("data element '1'");
  }

  @Test
  void theDefinitionIsTheMethodThatWasWritten() {
    ProtectionMethod method = new Aes256GcmEnc();
    service.create(new CreateDataElement("one", "first", method));
    assertThat(service.definitions(List.of(1L)))
        .containsExactly(new DataElement("1", "one", method));
    assertThat(service.referenced("1", "dataElement").method()).isEqualTo(method);
    assertThat(service.list(null))
        .containsExactly(new DataElementView("one", "first", method, "1", null));
  }

  private static final class InMemoryElements extends InMemoryObjects<StoredElement>
      implements ElementRepository {
    InMemoryElements() {
      super(ObjectType.DATA_ELEMENT);
    }

    @Override
    public Optional<StoredElement> withMask(long maskId) {
      return list().stream()
          .filter(element -> element.maskId().equals(Optional.of(maskId)))
          .findFirst();
    }
  }

  private static final class InMemoryKeys implements ElementKeyRepository {
    private final List<ElementKey> keys = new ArrayList<>();

    @Override
    public void add(ElementKey key) {
      keys.add(key);
    }

    @Override
    public List<ElementKey> ofElements(Collection<Long> dataElementIds) {
      return keys.stream().filter(key -> dataElementIds.contains(key.dataElementId())).toList();
    }

    @Override
    public void removeAll(long dataElementId) {
      keys.removeIf(key -> key.dataElementId() == dataElementId);
    }
  }

  private static final class OneMask implements Masks {
    @Override
    public long referenced(String uid, String member) {
      if (!uid.equals("1")) {
        throw ObjectType.MASK.unknown(uid, member);
      }
      return 1;
    }

    @Override
    public List<PolicyMask> definitions(Collection<Long> ids) {
      throw new UnsupportedOperationException();
    }
  }
}
