package bulla.pim.dataelement;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import bulla.keyring.KeyContext;
import bulla.pim.alphabet.Alphabets;
import bulla.pim.mask.Masks;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PlacedKeys;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.FpeNumeric;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.protection.Tokenizer;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.secrets.SecretBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
          new InMemoryElements(),
          keys,
          new OneMask(),
          new OneAlphabet(),
          keyring,
          changes,
          new References(List.of()));

  @Test
  void anElementGetsAKeyThatOpensInItsOwnPlaceAlone() {
    service.create(new CreateDataElement("one", null, new Aes256GcmEnc()));
    service.create(new CreateDataElement("two", null, new Aes256GcmEnc()));
    assertThat(keyring.contexts())
        .containsExactly(
            new KeyContext("pim", "dataelement/1", 1, "data"),
            new KeyContext("pim", "dataelement/2", 1, "data"));
    Map<String, ElementKeys> opened = service.openKeys(List.of(1L, 2L), Long.MAX_VALUE);
    assertThat(opened).containsOnlyKeys("1", "2");
    SecretBytes first = opened.get("1").byId().get(1);
    assertThat(first.length()).isEqualTo(32);
    assertThat(first).isNotEqualTo(opened.get("2").byId().get(1));
    assertThat(changes.records()).contains("CREATE dataelements 1", "CREATE dataelements 2");
  }

  @Test
  void theJournalSaysWhichElementMayHaveASmallDomain() {
    service.create(
        new CreateDataElement("safe", null, new FpeNumeric(null, null, null, null, null)));
    assertThat(changes.last().detail()).isNull();
    service.create(new CreateDataElement("small", null, new FpeNumeric(3, true, null, null, null)));
    assertThat(changes.last().detail()).isEqualTo("allowSmallDomain");
    assertThat(changes.records())
        .endsWith("begin", "CREATE dataelements 1", "begin", "CREATE dataelements 2");
  }

  @Test
  void anElementsKeysAreOpenedWithTheirNumbers() {
    service.create(new CreateDataElement("one", null, new Aes256GcmEnc(true)));
    byte[] wrapped = keyring.wrap(ElementKey.context(1, 2), SecretBytes.random(32));
    keys.add(new ElementKey(1, 2, wrapped, Instant.EPOCH));
    ElementKeys opened = service.openKeys(List.of(1L), Long.MAX_VALUE).get("1");
    assertThat(opened.byId().keySet()).containsExactly(1, 2);
    assertThat(opened.byId().get(1)).isNotEqualTo(opened.byId().get(2));
  }

  @Test
  void aRotationDeactivatesTheKeyBefore() {
    service.create(new CreateDataElement("one", null, new Aes256GcmEnc(true)));
    ElementKeyView second = service.rotate("1");
    assertThat(second.keyId()).isEqualTo(2);
    assertThat(second.state()).isEqualTo(ElementKeyState.ACTIVE);
    assertThat(changes.records()).endsWith("begin", "ROTATE_KEY dataelements 1/keys/2");
    assertThat(changes.last().after()).isEqualTo(second);
    service.rotate("1");
    List<ElementKeyView> listed = service.keys("1");
    assertThat(listed)
        .extracting(ElementKeyView::keyId, ElementKeyView::state)
        .containsExactly(
            tuple(1, ElementKeyState.DEACTIVATED),
            tuple(2, ElementKeyState.DEACTIVATED),
            tuple(3, ElementKeyState.ACTIVE));
    assertThat(listed.get(0).stateAt()).isEqualTo(listed.get(1).createdAt());
    assertThat(service.openKeys(List.of(1L), Long.MAX_VALUE).get("1").currentId()).isEqualTo(3);
    assertThat(service.newestKeyId()).isEqualTo(3);
    assertThat(service.newestKeys(List.of(1L, 2L))).isEqualTo(Map.of(1L, 3L));
    assertThat(service.openKeys(List.of(1L), 2).get("1").currentId()).isEqualTo(2);
    assertThat(service.openKeys(List.of(1L), 0)).isEmpty();
    assertThat(keyring.contexts()).endsWith(new KeyContext("pim", "dataelement/1", 3, "data"));
  }

  @Test
  void onlyValuesThatTellTheirKeyCanHaveSeveral() {
    service.create(new CreateDataElement("one", null, new Aes256GcmEnc()));
    problem(PimProblem.KEY_NOT_ROTATABLE, () -> service.rotate("1"));
    assertThat(service.keys("1")).hasSize(1);
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.rotate("9"));
    problem(PimProblem.OBJECT_NOT_FOUND, () -> service.keys("9"));
    service.create(new CreateDataElement("two", null, new Aes256GcmEnc(true)));
    keys.add(new ElementKey(2, ElementKeys.MOST, new byte[1], Instant.EPOCH));
    problem(PimProblem.KEY_NOT_ROTATABLE, () -> service.rotate("2"));
  }

  @Test
  void anElementWithoutProtectionHasNoKey() {
    service.create(new CreateDataElement("clear", null, new NoEnc(null)));
    assertThat(keys.ofElements(List.of(1L))).isEmpty();
    assertThat(service.openKeys(List.of(1L), Long.MAX_VALUE)).isEmpty();
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
  void theAlphabetOfAnElementMustExistAndFit() {
    assertThat(
            problem(PimProblem.UNKNOWN_REFERENCE, () -> service.create(unicode("9", null)))
                .member())
        .contains("unicodeGen2Token.alphabetUid");
    assertThat(
            problem(
                    PimProblem.INVALID_METHOD,
                    () -> service.create(unicode("1", Tokenizer.SLT_X_1)))
                .member())
        .contains("unicodeGen2Token.tokenizer");
    service.create(unicode("1", Tokenizer.SLT_1_3));
    assertThat(service.referrerTo(ObjectType.ALPHABET, 1)).contains("data element '1'");
    assertThat(service.referrerTo(ObjectType.ALPHABET, 2)).isEmpty();
  }

  private static CreateDataElement unicode(String alphabet, Tokenizer tokenizer) {
    return new CreateDataElement(
        "greek", null, new UnicodeGen2Token(tokenizer, alphabet, null, null, null, null, null));
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

    @Override
    public Optional<StoredElement> withAlphabet(String alphabetUid) {
      return list().stream()
          .filter(
              element ->
                  element.method() instanceof UnicodeGen2Token token
                      && token.alphabetUid().equals(alphabetUid))
          .findFirst();
    }
  }

  private static final class InMemoryKeys implements ElementKeyRepository {
    private final List<ElementKey> keys = new ArrayList<>();

    @Override
    public void add(ElementKey key) {
      key.stored(keys.size() + 1L);
      keys.add(key);
    }

    @Override
    public List<ElementKey> ofElements(Collection<Long> dataElementIds) {
      return keys.stream().filter(key -> dataElementIds.contains(key.dataElementId())).toList();
    }

    @Override
    public Map<Long, Long> newest(Collection<Long> dataElementIds) {
      Map<Long, Long> newest = new HashMap<>();
      ofElements(dataElementIds)
          .forEach(key -> newest.merge(key.dataElementId(), key.id(), Math::max));
      return newest;
    }

    @Override
    public long newest() {
      return keys.size();
    }

    @Override
    public void removeAll(long dataElementId) {
      keys.removeIf(key -> key.dataElementId() == dataElementId);
    }
  }

  private static final class OneAlphabet implements Alphabets {
    @Override
    public PolicyAlphabet referenced(String uid, String member) {
      if (!uid.equals("1")) {
        throw ObjectType.ALPHABET.unknown(uid, member);
      }
      return new PolicyAlphabet("1", "greek", CodePoints.parse("03B1-03C9"));
    }

    @Override
    public List<PolicyAlphabet> definitions(Collection<Long> ids) {
      throw new UnsupportedOperationException();
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
