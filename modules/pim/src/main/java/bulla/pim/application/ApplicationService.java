package bulla.pim.application;

import bulla.pim.object.ObjectType;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.policy.Application;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes trusted applications. */
@Dependent
@Transactional
class ApplicationService implements Applications {
  private final ApplicationRepository repository;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  ApplicationService(
      ApplicationRepository repository, PolicyChanges changes, References references) {
    this.repository = repository;
    this.changes = changes;
    this.references = references;
  }

  List<ApplicationView> list(String name) {
    return repository.list(name).stream().map(ApplicationView::of).toList();
  }

  Versioned<ApplicationView> get(String uid) {
    TrustedApplication application = repository.get(uid);
    return new Versioned<>(application.version(), ApplicationView.of(application));
  }

  ApplicationView create(WriteApplication wanted) {
    changes.begin();
    repository.requireFree(wanted.name());
    var application = new TrustedApplication(wanted);
    repository.add(application);
    var after = ApplicationView.of(application);
    changes.created(ObjectType.APPLICATION, application.uid(), after);
    return after;
  }

  ApplicationView change(String uid, WriteApplication wanted, LongConsumer versionCheck) {
    changes.begin();
    TrustedApplication application = repository.get(uid);
    versionCheck.accept(application.version());
    var before = ApplicationView.of(application);
    repository.requireFree(wanted.name(), application);
    application.become(wanted);
    repository.write(application);
    var after = ApplicationView.of(application);
    changes.changed(ObjectType.APPLICATION, uid, before, after);
    return after;
  }

  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    TrustedApplication application = repository.get(uid);
    versionCheck.accept(application.version());
    references.requireNone(ObjectType.APPLICATION, application);
    repository.remove(application);
    changes.deleted(ObjectType.APPLICATION, uid, ApplicationView.of(application));
  }

  @Override
  public List<Long> allReferenced(List<String> uids, String list) {
    return repository.allReferenced(uids, list);
  }

  @Override
  public List<Application> definitions(Collection<Long> ids) {
    return repository.findAll(ids).stream()
        .sorted(Comparator.comparing(TrustedApplication::id))
        .map(TrustedApplication::definition)
        .toList();
  }
}
