package bulla.pim.initialization;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Orders changes by the one row that they all update, and journals them. */
@Dependent
@Transactional(Transactional.TxType.MANDATORY)
class JournaledChanges implements PolicyChanges {
  private final InitializationRepository repository;
  private final ChangeJournal journal;

  @Inject
  JournaledChanges(InitializationRepository repository, ChangeJournal journal) {
    this.repository = repository;
    this.journal = journal;
  }

  @Override
  public void begin() {
    if (!repository.countChange()) {
      throw PimProblem.NOT_INITIALIZED.because(InitializationFilter.TELL);
    }
  }

  @Override
  public void record(Change change) {
    journal.changed(change);
  }
}
