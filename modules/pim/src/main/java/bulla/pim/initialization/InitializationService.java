package bulla.pim.initialization;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Initialises policy management: makes the repository key. */
@Dependent
@Transactional
class InitializationService {
  private final InitializationRepository repository;
  private final Keyring keyring;
  private final ChangeJournal journal;
  private final Clock clock = Clock.systemUTC();

  @Inject
  InitializationService(
      InitializationRepository repository, Keyring keyring, ChangeJournal journal) {
    this.repository = repository;
    this.keyring = keyring;
    this.journal = journal;
  }

  /** Does nothing where it was done before. */
  InitializationView initialize() {
    var initialized = new InitializationView(true);
    repository.lock();
    if (repository.find().isEmpty()) {
      try (SecretBytes key = SecretBytes.random(RepositoryKey.LENGTH)) {
        byte[] wrapped = keyring.wrap(RepositoryKey.CONTEXT, key);
        repository.add(new Initialization(wrapped, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
      }
      journal.changed(
          Change.updated("INIT", "init", null, new InitializationView(false), initialized));
    }
    return initialized;
  }
}
