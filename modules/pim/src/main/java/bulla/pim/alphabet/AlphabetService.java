package bulla.pim.alphabet;

import bulla.commonops.change.Change;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Referrer;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.policy.PolicyAlphabet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Makes alphabets and deletes them; none ever changes. */
@Dependent
@Transactional
class AlphabetService implements Alphabets, Referrer {
  private final AlphabetRepository repository;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  AlphabetService(AlphabetRepository repository, PolicyChanges changes, References references) {
    this.repository = repository;
    this.changes = changes;
    this.references = references;
  }

  List<AlphabetView> list(String label) {
    return repository.list(label).stream().map(AlphabetView::of).toList();
  }

  Versioned<AlphabetView> get(String uid) {
    StoredAlphabet alphabet = repository.get(uid);
    return new Versioned<>(alphabet.version(), AlphabetView.of(alphabet));
  }

  /** An alphabet can only name older ones, so none ever contains itself. */
  AlphabetView create(CreateAlphabet wanted) {
    Symbols symbols = ownSymbols(wanted);
    changes.begin();
    repository.requireFree(wanted.label());
    Set<Long> parts = new LinkedHashSet<>();
    addParts(wanted, parts, symbols);
    if (symbols.size() < Symbols.FEWEST || symbols.size() > Symbols.MOST) {
      throw PimProblem.INVALID_ALPHABET.because(
          "An alphabet has %d to %d symbols, and this one has %d"
              .formatted(Symbols.FEWEST, Symbols.MOST, symbols.size()));
    }
    var alphabet =
        new StoredAlphabet(wanted.label(), wanted.description(), wanted.entries(), symbols);
    repository.add(alphabet);
    repository.addParts(alphabet.id(), parts);
    var after = AlphabetView.of(alphabet);
    changes.record(
        Change.created("CREATE", ObjectType.ALPHABET.path(), alphabet.uid(), after)
            .telling(symbols.size() + " symbols"));
    return after;
  }

  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    StoredAlphabet alphabet = repository.get(uid);
    versionCheck.accept(alphabet.version());
    references.requireNone(ObjectType.ALPHABET, alphabet);
    repository.removeParts(alphabet.id());
    repository.remove(alphabet);
    changes.deleted(ObjectType.ALPHABET, uid, AlphabetView.of(alphabet));
  }

  @Override
  public PolicyAlphabet referenced(String uid, String member) {
    return repository.referenced(uid, member).definition();
  }

  @Override
  public List<PolicyAlphabet> definitions(Collection<Long> ids) {
    return repository.findAll(ids).stream()
        .sorted(Comparator.comparing(StoredAlphabet::id))
        .map(StoredAlphabet::definition)
        .toList();
  }

  @Override
  public Optional<String> referrerTo(ObjectType type, long id) {
    return type == ObjectType.ALPHABET
        ? repository.withPart(id).map(alphabet -> "alphabet '" + alphabet + "'")
        : Optional.empty();
  }

  /** Those of its ranges and code points; no other change waits for it. */
  private static Symbols ownSymbols(CreateAlphabet wanted) {
    var symbols = new Symbols();
    for (int i = 0; i < wanted.ranges().size(); i++) {
      symbols.add(wanted.ranges().get(i), "ranges[" + i + "]");
    }
    for (int i = 0; i < wanted.codePoints().size(); i++) {
      symbols.add(wanted.codePoints().get(i), "codePoints[" + i + "]");
    }
    return symbols;
  }

  /** Adds those of the alphabets that it names, whose numbers {@code parts} takes. */
  private void addParts(CreateAlphabet wanted, Set<Long> parts, Symbols symbols) {
    for (int i = 0; i < wanted.alphabets().size(); i++) {
      String member = "alphabets[" + i + "]";
      StoredAlphabet part = repository.referenced(wanted.alphabets().get(i), member);
      if (!parts.add(part.id())) {
        throw PimProblem.REPEATED.because(
            "Alphabet '" + part.uid() + "' is in the list twice", member);
      }
      symbols.addAll(part.symbols());
    }
  }
}
