package bulla.pim.source;

import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Uid;
import bulla.pim.object.Versioned;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Writes member sources and reads what they hold. */
@Dependent
@Transactional
class SourceService implements MemberSources {
  private final SourceRepository repository;
  private final SourceFiles files;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  SourceService(
      SourceRepository repository,
      SourceFiles files,
      PolicyChanges changes,
      References references) {
    this.repository = repository;
    this.files = files;
    this.changes = changes;
    this.references = references;
  }

  List<SourceView> list(String name) {
    return repository.list(name).stream().map(SourceView::of).toList();
  }

  Versioned<SourceView> get(String uid) {
    MemberSource source = repository.get(uid);
    return new Versioned<>(source.version(), SourceView.of(source));
  }

  SourceView create(WriteSource wanted) {
    requireReadable(wanted.connection());
    changes.begin();
    repository.requireFree(wanted.name());
    var source = new MemberSource(wanted);
    repository.add(source);
    var after = SourceView.of(source);
    changes.created(ObjectType.SOURCE, source.uid(), after);
    return after;
  }

  SourceView change(String uid, WriteSource wanted, LongConsumer versionCheck) {
    requireReadable(wanted.connection());
    changes.begin();
    MemberSource source = repository.get(uid);
    versionCheck.accept(source.version());
    var before = SourceView.of(source);
    repository.requireFree(wanted.name(), source);
    source.become(wanted);
    repository.write(source);
    var after = SourceView.of(source);
    changes.changed(ObjectType.SOURCE, uid, before, after);
    return after;
  }

  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    MemberSource source = repository.get(uid);
    versionCheck.accept(source.version());
    references.requireNone(ObjectType.SOURCE, source);
    repository.remove(source);
    changes.deleted(ObjectType.SOURCE, uid, SourceView.of(source));
  }

  @Override
  public Map<String, SourceContent> read(Collection<String> uids) {
    List<Long> ids =
        uids.stream().flatMapToLong(uid -> Uid.number(uid).stream()).distinct().boxed().toList();
    Map<String, SourceContent> contents = new HashMap<>();
    for (MemberSource source : repository.findAll(ids)) {
      try {
        contents.put(source.uid(), files.read(source.connection()));
      } catch (UnreadableSourceException unreadable) {
        throw PimProblem.SOURCE_UNAVAILABLE.because(
            "Source '" + source.uid() + "' cannot be read: " + unreadable.getMessage());
      }
    }
    return contents;
  }

  private void requireReadable(FileConnection connection) {
    try {
      files.read(connection);
    } catch (UnreadableSourceException unreadable) {
      throw PimProblem.INVALID_SOURCE.because(
          unreadable.getMessage(), "connection." + unreadable.member());
    }
  }
}
