package bulla.pim.source;

import bulla.commonops.change.Change;
import bulla.keyring.Keyring;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Uid;
import bulla.pim.object.Versioned;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes member sources and keeps their passwords. */
@Dependent
@Transactional
class SourceService {
  private final SourceRepository repository;
  private final SourceFiles files;
  private final Keyring keyring;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  SourceService(
      SourceRepository repository,
      SourceFiles files,
      Keyring keyring,
      PolicyChanges changes,
      References references) {
    this.repository = repository;
    this.files = files;
    this.keyring = keyring;
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
    SourceConnection complete = ConnectionRules.complete(wanted.type(), wanted.connection());
    ConnectionRules.requireSecret(wanted.type(), complete, false);
    requireReadable(wanted.type(), complete);
    changes.begin();
    repository.requireFree(wanted.name());
    var source = new MemberSource(wanted, complete);
    repository.add(source);
    keepSecret(source, complete);
    var after = SourceView.of(source);
    changes.created(ObjectType.SOURCE, source.uid(), after);
    return after;
  }

  SourceView change(String uid, WriteSource wanted, LongConsumer versionCheck) {
    SourceConnection complete = ConnectionRules.complete(wanted.type(), wanted.connection());
    requireReadable(wanted.type(), complete);
    changes.begin();
    MemberSource source = repository.get(uid);
    versionCheck.accept(source.version());
    var before = SourceView.of(source);
    Optional<SourceSecret> secret = repository.secret(source.id());
    ConnectionRules.requireSecret(
        wanted.type(), complete, secret.isPresent() && goesWhereItWent(source, wanted, complete));
    repository.requireFree(wanted.name(), source);
    source.become(wanted, complete);
    repository.write(source);
    if (ConnectionRules.needsSecret(wanted.type(), complete)) {
      keepSecret(source, complete);
    } else {
      secret.ifPresent(repository::remove);
    }
    var after = SourceView.of(source);
    changes.changed(ObjectType.SOURCE, uid, before, after);
    return after;
  }

  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    MemberSource source = repository.get(uid);
    versionCheck.accept(source.version());
    references.requireNone(ObjectType.SOURCE, source);
    repository.secret(source.id()).ifPresent(repository::remove);
    repository.remove(source);
    changes.deleted(ObjectType.SOURCE, uid, SourceView.of(source));
  }

  /** What reading this source needs, which the caller closes; empty where there is none. */
  Optional<SourceDefinition> definition(String uid) {
    var number = Uid.number(uid);
    return number.isPresent()
        ? repository.find(number.getAsLong()).map(this::definition)
        : Optional.empty();
  }

  /** The same of the source that the path names. */
  SourceDefinition pathNamed(String uid) {
    return definition(repository.get(uid));
  }

  /** Records that a source was tested: the server used its password. */
  void tested(String uid, SourceTestView result) {
    changes.begin();
    changes.record(
        Change.withoutState("TEST", ObjectType.SOURCE.path(), uid).telling(result.outcomes()));
  }

  private SourceDefinition definition(MemberSource source) {
    return new SourceDefinition(
        source.uid(),
        source.type(),
        source.connection(),
        repository
            .secret(source.id())
            .map(secret -> keyring.unwrap(secret.context(), secret.wrappedKey()))
            .orElseGet(() -> SecretBytes.copyOf(new byte[0])));
  }

  /** Nobody who may change a source gets its password sent to a machine of his own. */
  private static boolean goesWhereItWent(
      MemberSource source, WriteSource wanted, SourceConnection complete) {
    return source.type() == wanted.type()
        && ConnectionMembers.destination(source.connection())
            .equals(ConnectionMembers.destination(complete));
  }

  private void keepSecret(MemberSource source, SourceConnection complete) {
    String given = complete.password() == null ? complete.clientSecret() : complete.password();
    if (given == null) {
      return;
    }
    Optional<SourceSecret> former = repository.secret(source.id());
    SourceSecret secret = former.orElseGet(() -> new SourceSecret(source.id()));
    try (SecretBytes bytes = SecretBytes.takeFrom(given.getBytes(StandardCharsets.UTF_8))) {
      secret.become(keyring.wrap(secret.next(), bytes));
    }
    if (former.isEmpty()) {
      repository.add(secret);
    } else {
      repository.passwordChanged(source);
    }
  }

  /** Files are at hand; other sources are tested on request. */
  private void requireReadable(SourceType type, SourceConnection connection) {
    if (type == SourceType.FILE) {
      try {
        files.read(connection);
      } catch (UnreadableSourceException unreadable) {
        throw ConnectionRules.unreadable(unreadable);
      }
    }
  }
}
