package bulla.protector;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts the records of an interval that differ in nothing but time and count together into one, with
 * the sum of their counts and the time of the last. What is put together reaches the sink after the
 * results are given out, so a process that is killed loses up to an interval; once the sink has
 * failed, each further call fails until it takes what is waiting.
 */
public final class AuditAggregation implements AuditSink {
  /** So many different records are held, and no more. */
  private static final int MOST_WAITING = 10_000;

  private final AuditSink sink;
  private final ScheduledExecutorService timer;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<AuditRecord, AuditRecord> waiting = new LinkedHashMap<>();
  private boolean failed;
  private boolean closed;

  /**
   * @param sink gets what is put together; closed together with this
   * @param interval how long records wait for others at most
   */
  public AuditAggregation(AuditSink sink, Duration interval) {
    this.sink = sink;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "bulla-audit");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> flushes =
        timer.scheduleWithFixedDelay(
            this::flushInTime, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    if (flushes.isDone()) {
      throw new IllegalStateException("The timer does not run");
    }
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    turn.lock();
    try {
      if (closed) {
        throw new IOException("The audit sink is closed");
      }
      if (failed) {
        flush();
      }
      waiting.merge(
          auditRecord.ofCount(0).at(Instant.EPOCH),
          auditRecord,
          (before, more) -> more.ofCount(before.count() + more.count()));
      if (waiting.size() >= MOST_WAITING) {
        flush();
      }
    } finally {
      turn.unlock();
    }
  }

  private void flushInTime() {
    turn.lock();
    try {
      flush();
    } catch (IOException e) {
      // The next call tries again, and fails where this does.
      failed = true;
    } finally {
      turn.unlock();
    }
  }

  private void flush() throws IOException {
    List<AuditRecord> records = new ArrayList<>(waiting.values());
    failed = true;
    for (AuditRecord one : records) {
      sink.write(one);
      waiting.remove(one.ofCount(0).at(Instant.EPOCH));
    }
    failed = false;
  }

  @Override
  public void close() throws IOException {
    timer.shutdown();
    turn.lock();
    try {
      closed = true;
      flush();
    } finally {
      turn.unlock();
      sink.close();
    }
  }
}
