package bulla.commonops.caller;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.Outcome;
import bulla.database.StartStep;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes the journal entries of refusals, each in a transaction of its own, so that a rollback does
 * not hide it. Of the refusals of strangers at most {@value #ENTRIES_PER_MINUTE} per source address
 * and minute, and {@value #ENTRIES_TOGETHER} of all addresses, get an entry of their own; refused
 * logins have that many for themselves, so that nothing else hides whose password was guessed at.
 * How many more there were is told by one entry for an address when its minute is over, and by one
 * for the least of many addresses. An entry that cannot be written is logged: the answer stays a
 * refusal.
 */
@ApplicationScoped
public class RefusalJournal implements StartStep {
  static final int ENTRIES_PER_MINUTE = 10;
  static final int ENTRIES_TOGETHER = 300;
  private static final int LOCKS_PER_MINUTE = 60;
  private static final int FORBIDDEN = 403;
  private static final int MOST_SOURCES = 10_000;
  private static final int SECONDS_BETWEEN_ROUNDS = 10;
  private static final Logger LOG = Logger.getLogger("bulla.commonops.caller");
  private static final ThreadFactory THREADS =
      work -> {
        var thread = new Thread(work, "bulla-refusals");
        thread.setDaemon(true);
        return thread;
      };

  private AuditJournal journal;
  private Caller caller;
  private RefusalLimit calls;
  private RefusalLimit logins;
  private RefusalLimit locks;
  private ScheduledExecutorService executor;

  /** For CDI. */
  protected RefusalJournal() {}

  @Inject
  public RefusalJournal(AuditJournal journal, Caller caller) {
    this(journal, caller, Clock.systemUTC());
  }

  RefusalJournal(AuditJournal journal, Caller caller, Clock clock) {
    this.journal = journal;
    this.caller = caller;
    this.calls = new RefusalLimit(ENTRIES_PER_MINUTE, ENTRIES_TOGETHER, MOST_SOURCES, clock);
    this.logins = new RefusalLimit(ENTRIES_PER_MINUTE, ENTRIES_TOGETHER, MOST_SOURCES, clock);
    this.locks = new RefusalLimit(LOCKS_PER_MINUTE, LOCKS_PER_MINUTE, 1, clock);
  }

  @Override
  public int order() {
    return 310;
  }

  /** Begins to tell what was counted, whether or not more is refused. */
  @Override
  public synchronized void start() {
    if (executor != null) {
      return;
    }
    executor = Executors.newSingleThreadScheduledExecutor(THREADS);
    // It ends by no exception, and is never asked for its result.
    var unused =
        executor.scheduleWithFixedDelay(
            this::tellEnded, SECONDS_BETWEEN_ROUNDS, SECONDS_BETWEEN_ROUNDS, TimeUnit.SECONDS);
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
    if (logins.refused(source(), Optional.ofNullable(objectId))) {
      write(event(Caller.NOBODY, action, objectType, objectId, reason));
    }
  }

  /**
   * Records that a name or an address may not log in for some time, because too many logins failed.
   *
   * @param objectType {@code users} or {@code addresses}
   * @param objectId the name as it came, or the source
   * @param reason how long, in a few words
   */
  public void locked(String objectType, String objectId, String reason) {
    if (locks.refused("", Optional.of(objectId))) {
      write(event(Caller.NOBODY, "LOCK", objectType, objectId, reason));
    }
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
    boolean always = status == FORBIDDEN && caller.isIdentified();
    if (always || calls.refused(source(), Optional.empty())) {
      write(event(caller.name(), method, "path", path, "status " + status));
    }
  }

  /** Tells what the minutes that are over have left out. */
  void tellEnded() {
    tell(RefusalLimit::ended);
  }

  @PreDestroy
  void stop() {
    if (executor != null) {
      executor.shutdown();
    }
    tell(RefusalLimit::endAll);
  }

  private void tell(Function<RefusalLimit, List<RefusalLimit.LeftOut>> which) {
    which.apply(calls).forEach(leftOut -> tell("refusals", leftOut));
    which.apply(logins).forEach(leftOut -> tell("refused logins", leftOut));
    which.apply(locks).forEach(leftOut -> tell("locks", leftOut));
  }

  private String source() {
    return SourceAddress.source(caller.address());
  }

  private void tell(String what, RefusalLimit.LeftOut leftOut) {
    String from =
        leftOut.source().isEmpty()
            ? "from %d other addresses".formatted(leftOut.sources())
            : leftOut.source().get().isEmpty() ? "in all" : "from this address";
    String names =
        leftOut.names().isEmpty() ? "" : ", among them of " + String.join(", ", leftOut.names());
    write(
        new AuditEvent(
            Caller.NOBODY,
            leftOut.source().orElse(null),
            "REFUSALS",
            null,
            null,
            Outcome.REFUSED,
            "%d more %s %s since %s%s"
                .formatted(leftOut.count(), what, from, leftOut.since(), names),
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
