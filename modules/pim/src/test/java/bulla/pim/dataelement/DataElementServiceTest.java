package bulla.pim.dataelement;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.pim.alphabet.Alphabets;
import bulla.pim.mask.Masks;
import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
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
    Map<String, ElementKeys> opened = service.openKeys(List.of(1L, 2L));
    assertThat(opened).containsOnlyKeys("1", "2");
    SecretBytes first = opened.get("1").byId().get(1);
    assertThat(first.length()).isEqualTo(32);
    assertThat(first).isNotEqualTo(opened.get("2").byId().get(1));
    assertThat(changes.records()).contains("CREATE dataelements 1", "CREATE dataelements 2");
  }

  @Test
  void anElementsKeysAreOpenedWithTheirNumbers() {
    service.create(new CreateDataElement("one", null, new Aes256GcmEnc(true)));
    byte[] wrapped = keyring.wrap(ElementKey.context(1, 2), SecretBytes.random(32));
    keys.add(new ElementKey(1, 2, wrapped, Instant.EPOCH));
    ElementKeys opened = service.openKeys(List.of(1L)).get("1");
    assertThat(opened.byId().keySet()).containsExactly(1, 2);
    assertThat(opened.byId().get(1)).isNotEqualTo(opened.byId().get(2));
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
        .containsExactly(new DataElementView("one", "first", method, "1"));
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

  /** Gives a key back in the place where it was wrapped, and only there. */
  private static final class PlacedKeys implements Keyring {
    private final Map<KeyContext, byte[]> keys = new HashMap<>();
    private final List<KeyContext> contexts = new ArrayList<>();

    @Override
    public byte[] wrap(KeyContext context, SecretBytes key) {
      contexts.add(context);
      keys.put(context, key.copyOfBytes());
      return new byte[] {(byte) contexts.size()};
    }

    @Override
    public SecretBytes unwrap(KeyContext context, byte[] wrapped) {
      assertThat(contexts.get(wrapped[0] - 1)).isEqualTo(context);
      return SecretBytes.copyOf(keys.get(context));
    }

    List<KeyContext> contexts() {
      return contexts;
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
