package bulla.pim.dataelement;

import bulla.commonops.change.Change;
import bulla.keyring.Keyring;
import bulla.pim.alphabet.Alphabets;
import bulla.pim.mask.Masks;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Referrer;
import bulla.pim.object.Uid;
import bulla.pim.object.Versioned;
import bulla.protection.ElementKeys;
import bulla.protection.InvalidMethodException;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes data elements and keeps their keys. */
@Dependent
@Transactional
class DataElementService implements DataElements, Referrer {
  private final ElementRepository repository;
  private final ElementKeyRepository keys;
  private final Masks masks;
  private final Alphabets alphabets;
  private final Keyring keyring;
  private final PolicyChanges changes;
  private final References references;
  private final Clock clock = Clock.systemUTC();

  @Inject
  DataElementService(
      ElementRepository repository,
      ElementKeyRepository keys,
      Masks masks,
      Alphabets alphabets,
      Keyring keyring,
      PolicyChanges changes,
      References references) {
    this.repository = repository;
    this.keys = keys;
    this.masks = masks;
    this.alphabets = alphabets;
    this.keyring = keyring;
    this.changes = changes;
    this.references = references;
  }

  List<DataElementView> list(String name) {
    return repository.list(name).stream().map(DataElementView::of).toList();
  }

  Versioned<DataElementView> get(String uid) {
    StoredElement element = repository.get(uid);
    return new Versioned<>(element.version(), DataElementView.of(element));
  }

  DataElementView create(CreateDataElement wanted) {
    changes.begin();
    repository.requireFree(wanted.name());
    ProtectionMethod method = wanted.method();
    requireAlphabet(method);
    var element = new StoredElement(wanted.name(), wanted.description(), method, maskOf(method));
    repository.add(element);
    if (method.keyLength() > 0) {
      makeKey(element.id(), ElementKey.FIRST_VERSION, method.keyLength());
    }
    var after = DataElementView.of(element);
    var created = Change.created("CREATE", ObjectType.DATA_ELEMENT.path(), element.uid(), after);
    // Whoever looks for what is protected less than the standard asks need not open every element.
    changes.record(method.allowSmallDomain() ? created.telling("allowSmallDomain") : created);
    return after;
  }

  DataElementView change(String uid, ChangeDataElement wanted, LongConsumer versionCheck) {
    changes.begin();
    StoredElement element = repository.get(uid);
    versionCheck.accept(element.version());
    var before = DataElementView.of(element);
    element.call(element.name(), wanted.description());
    repository.write(element);
    var after = DataElementView.of(element);
    changes.changed(ObjectType.DATA_ELEMENT, uid, before, after);
    return after;
  }

  /** With its key, so that what it protected can never be unprotected again. */
  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    StoredElement element = repository.get(uid);
    versionCheck.accept(element.version());
    references.requireNone(ObjectType.DATA_ELEMENT, element);
    keys.removeAll(element.id());
    repository.remove(element);
    changes.deleted(ObjectType.DATA_ELEMENT, uid, DataElementView.of(element));
  }

  @Override
  public DataElement referenced(String uid, String member) {
    return repository.referenced(uid, member).definition();
  }

  @Override
  public List<DataElement> definitions(Collection<Long> ids) {
    return repository.findAll(ids).stream()
        .sorted(Comparator.comparing(StoredElement::id))
        .map(StoredElement::definition)
        .toList();
  }

  /** The keys of a data element, in the order in which they were made. */
  List<ElementKeyView> keys(String uid) {
    return keys.ofElements(List.of(repository.get(uid).id())).stream()
        .map(ElementKeyView::of)
        .toList();
  }

  /** Gives a data element a new key, and deactivates the one before. */
  ElementKeyView rotate(String uid) {
    changes.begin();
    StoredElement element = repository.get(uid);
    ProtectionMethod method = element.method();
    if (!method.storesKeyId()) {
      throw PimProblem.KEY_NOT_ROTATABLE.because(
          "The values of data element '"
              + uid
              + "' do not tell which key they were made with; only a method with keyId true has"
              + " several keys");
    }
    List<ElementKey> former = keys.ofElements(List.of(element.id()));
    ElementKey active = former.get(former.size() - 1);
    if (active.version() == ElementKeys.MOST) {
      throw PimProblem.KEY_NOT_ROTATABLE.because(
          "Data element '" + uid + "' has " + ElementKeys.MOST + " keys, and no id is left");
    }
    ElementKey next = makeKey(element.id(), active.version() + 1, method.keyLength());
    active.become(ElementKeyState.DEACTIVATED, next.createdAt());
    var after = ElementKeyView.of(next);
    changes.record(
        Change.created(
            "ROTATE_KEY", ObjectType.DATA_ELEMENT.path(), uid + "/keys/" + after.keyId(), after));
    return after;
  }

  @Override
  public ElementKeyView changeKey(String uid, String keyId, ElementKeyState wanted) {
    StoredElement element = repository.get(uid);
    ElementKey key =
        keys.ofElements(List.of(element.id())).stream()
            .filter(one -> Integer.toString(one.version()).equals(keyId))
            .findFirst()
            .orElseThrow(
                () ->
                    PimProblem.OBJECT_NOT_FOUND.because(
                        "Data element '" + uid + "' has no key '" + Uid.shown(keyId) + "'"));
    if (key.state() == ElementKeyState.ACTIVE) {
      throw PimProblem.KEY_STATE.because(
          "Key '" + keyId + "' of data element '" + uid + "' protects; give it another key first");
    }
    if (wanted.compareTo(key.state()) <= 0) {
      throw PimProblem.KEY_STATE.because(
          "Key '" + keyId + "' of data element '" + uid + "' is " + key.state() + " already");
    }
    var before = ElementKeyView.of(key);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (wanted == ElementKeyState.DESTROYED) {
      try (SecretBytes random = SecretBytes.random(element.method().keyLength())) {
        key.destroy(keyring.wrap(key.context(), random), now);
      }
    } else {
      key.become(wanted, now);
    }
    var after = ElementKeyView.of(key);
    changes.record(
        Change.updated(
            "CHANGE_KEY",
            ObjectType.DATA_ELEMENT.path(),
            uid + "/keys/" + after.keyId(),
            before,
            after));
    return after;
  }

  @Override
  public int protectingKey(long id, long lastKeyId) {
    return keys.ofElements(List.of(id)).stream()
        .filter(key -> key.id() <= lastKeyId)
        .mapToInt(ElementKey::version)
        .max()
        .orElse(0);
  }

  @Override
  public Map<Long, Long> newestKeys(Collection<Long> ids) {
    return keys.newest(ids);
  }

  @Override
  public long newestKeyId() {
    return keys.newest();
  }

  @Override
  public Map<String, ElementKeys> openKeys(Collection<Long> ids, long lastKeyId) {
    Map<Long, Map<Integer, SecretBytes>> opened = new HashMap<>();
    try {
      for (ElementKey key : keys.ofElements(ids)) {
        if (key.id() <= lastKeyId && key.state() != ElementKeyState.DESTROYED) {
          opened
              .computeIfAbsent(key.dataElementId(), element -> new HashMap<>())
              .put(key.version(), keyring.unwrap(key.context(), key.wrappedKey()));
        }
      }
    } catch (RuntimeException failed) {
      opened.values().forEach(byId -> byId.values().forEach(SecretBytes::close));
      throw failed;
    }
    Map<String, ElementKeys> byUid = new HashMap<>();
    opened.forEach((id, byId) -> byUid.put(Uid.of(id), ElementKeys.of(byId)));
    return byUid;
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    Optional<StoredElement> referrer =
        switch (type) {
          case MASK -> repository.withMask(id);
          case ALPHABET -> repository.withAlphabet(Uid.of(id));
          default -> Optional.empty();
        };
    return referrer.map(element -> "data element '" + element.uid() + "'");
  }

  private void requireAlphabet(ProtectionMethod method) {
    if (method instanceof UnicodeGen2Token token) {
      PolicyAlphabet alphabet =
          alphabets.referenced(token.alphabetUid(), "unicodeGen2Token.alphabetUid");
      try {
        token.requireFit(alphabet.symbols());
      } catch (InvalidMethodException invalid) {
        throw PimProblem.INVALID_METHOD.because(
            invalid.getMessage(), "unicodeGen2Token." + invalid.member());
      }
    }
  }

  private Long maskOf(ProtectionMethod method) {
    return method instanceof NoEnc noEnc && noEnc.maskUid() != null
        ? masks.referenced(noEnc.maskUid(), "noEnc.maskUid")
        : null;
  }

  private ElementKey makeKey(long elementId, int version, int length) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try (SecretBytes bytes = SecretBytes.random(length)) {
      byte[] wrapped = keyring.wrap(ElementKey.context(elementId, version), bytes);
      var key = new ElementKey(elementId, version, wrapped, now);
      keys.add(key);
      return key;
    }
  }
}
