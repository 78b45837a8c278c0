package bulla.commonops.caller;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.Outcome;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes the journal entries of refusals, each in a transaction of its own, so that a rollback does
 * not hide it. Of the refusals of strangers at most {@value #ENTRIES_PER_MINUTE} per source address
 * and minute get an entry of their own; how many more there were is told by one entry when the next
 * minute begins. An entry that cannot be written is logged: the answer stays a refusal.
 */
@ApplicationScoped
public class RefusalJournal {
  static final int ENTRIES_PER_MINUTE = 10;
  private static final int FORBIDDEN = 403;
  private static final int MOST_SOURCES = 10_000;
  private static final Logger LOG = Logger.getLogger("bulla.commonops.caller");

  private AuditJournal journal;
  private Caller caller;
  private RefusalLimit limit;

  /** For CDI. */
  protected RefusalJournal() {}

  @Inject
  public RefusalJournal(AuditJournal journal, Caller caller) {
    this(journal, caller, Clock.systemUTC());
  }

  RefusalJournal(AuditJournal journal, Caller caller, Clock clock) {
    this.journal = journal;
    this.caller = caller;
    this.limit = new RefusalLimit(ENTRIES_PER_MINUTE, MOST_SOURCES, clock);
  }

  /**
   * Records that somebody who claimed to be a user was turned away. The entry's actor is nobody,
   * whatever other credentials the request has, and no further entry is written for its answer.
   *
   * @param action what was tried, upper snake case: {@code LOGIN}
   * @param objectType the kind of object, as its path names it: {@code users}
   * @param objectId what the stranger named, as it came
   * @param reason why, in a few words
   */
  public void refused(String action, String objectType, String objectId, String reason) {
    caller.refusalRecorded();
    record(event(Caller.NOBODY, action, objectType, objectId, reason), false);
  }

  /**
   * Records that a call was refused. What a known caller lacks the permission for is always
   * recorded.
   *
   * @param method the HTTP method
   * @param path the path that was called
   * @param status the HTTP status of the answer
   */
  public void refusedCall(String method, String path, int status) {
    record(
        event(caller.name(), method, "path", path, "status " + status),
        status == FORBIDDEN && caller.isIdentified());
  }

  @PreDestroy
  void tellAll() {
    limit.endAll().forEach(this::tell);
  }

  private void record(AuditEvent event, boolean always) {
    if (always) {
      write(event);
      return;
    }
    RefusalLimit.Decision decision = limit.refused(SourceAddress.source(caller.address()));
    decision.uncounted().forEach(this::tell);
    if (decision.entry()) {
      write(event);
    }
  }

  private void tell(RefusalLimit.LeftOut leftOut) {
    write(
        new AuditEvent(
            Caller.NOBODY,
            leftOut.source(),
            "REFUSALS",
            null,
            null,
            Outcome.REFUSED,
            leftOut.count() + " more refusals from this address",
            null));
  }

  private void write(AuditEvent event) {
    try {
      journal.recordRefusal(event);
    } catch (RuntimeException failed) {
      LOG.log(
          Level.SEVERE,
          failed,
          () -> "A refusal is not in the journal, correlation id " + event.correlationId());
    }
  }

  private AuditEvent event(
      String actor, String action, String objectType, String objectId, String reason) {
    return new AuditEvent(
        actor,
        caller.address(),
        action,
        objectType,
        objectId,
        Outcome.REFUSED,
        reason,
        caller.correlationId());
  }
}
