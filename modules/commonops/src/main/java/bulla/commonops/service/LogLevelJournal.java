package bulla.commonops.service;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Journals changes of log levels, each in a transaction of its own, because they have none. */
@Dependent
@Transactional
class LogLevelJournal {
  private final ChangeJournal journal;

  @Inject
  LogLevelJournal(ChangeJournal journal) {
    this.journal = journal;
  }

  /** Records that the log of {@code api} gets another level. */
  void record(String api, LogLevelView before, LogLevelView after) {
    journal.changed(
        Change.updated("SET_LOG_LEVEL", "log", api, before, after).telling(after.level()));
  }
}
