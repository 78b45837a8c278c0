package bulla.audit;

import bulla.keyring.KeyDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Writes down which key encryption keys the server destroys by itself after a rotation. */
@Dependent
class DestroyedKeys {
  private final AuditJournal journal;

  @Inject
  DestroyedKeys(AuditJournal journal) {
    this.journal = journal;
  }

  /** In the transaction of the destruction. */
  void destroyed(@Observes KeyDestroyed key) {
    journal.recordChange(
        new AuditEvent(
            null,
            null,
            "DESTROY",
            "keyring",
            key.module() + "/" + key.version(),
            Outcome.SUCCESS,
            "no stored key needs it any more",
            null),
        ObjectStates.NONE);
  }
}
