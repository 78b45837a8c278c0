package bulla.pim.mask;

import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Versioned;
import bulla.protection.InvalidMethodException;
import bulla.protection.Mask;
import bulla.resilientpackage.policy.PolicyMask;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes masks. */
@Dependent
@Transactional
class MaskService implements Masks {
  private final MaskRepository repository;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  MaskService(MaskRepository repository, PolicyChanges changes, References references) {
    this.repository = repository;
    this.changes = changes;
    this.references = references;
  }

  List<MaskView> list(String name) {
    return repository.list(name).stream().map(MaskView::of).toList();
  }

  Versioned<MaskView> get(String uid) {
    NamedMask mask = repository.get(uid);
    return new Versioned<>(mask.version(), MaskView.of(mask));
  }

  MaskView create(WriteMask wanted) {
    Mask mask = mask(wanted);
    changes.begin();
    repository.requireFree(wanted.name());
    var named = new NamedMask(wanted.name(), wanted.description(), mask);
    repository.add(named);
    var after = MaskView.of(named);
    changes.created(ObjectType.MASK, named.uid(), after);
    return after;
  }

  MaskView change(String uid, WriteMask wanted, LongConsumer versionCheck) {
    Mask mask = mask(wanted);
    changes.begin();
    NamedMask named = repository.get(uid);
    versionCheck.accept(named.version());
    var before = MaskView.of(named);
    repository.requireFree(wanted.name(), named);
    named.become(wanted.name(), wanted.description(), mask);
    repository.write(named);
    var after = MaskView.of(named);
    changes.changed(ObjectType.MASK, uid, before, after);
    return after;
  }

  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    NamedMask named = repository.get(uid);
    versionCheck.accept(named.version());
    references.requireNone(ObjectType.MASK, named);
    repository.remove(named);
    changes.deleted(ObjectType.MASK, uid, MaskView.of(named));
  }

  @Override
  public long referenced(String uid, String member) {
    return repository.referenced(uid, member).id();
  }

  @Override
  public List<PolicyMask> definitions(Collection<Long> ids) {
    return repository.findAll(ids).stream()
        .sorted(Comparator.comparing(NamedMask::id))
        .map(named -> new PolicyMask(named.uid(), named.name(), named.mask()))
        .toList();
  }

  private static Mask mask(WriteMask wanted) {
    try {
      return new Mask(
          wanted.fromLeft() == null ? 0 : wanted.fromLeft(),
          wanted.fromRight() == null ? 0 : wanted.fromRight(),
          wanted.masked(),
          wanted.character());
    } catch (InvalidMethodException invalid) {
      throw PimProblem.INVALID_MASK.because(invalid.getMessage(), invalid.member());
    }
  }
}
