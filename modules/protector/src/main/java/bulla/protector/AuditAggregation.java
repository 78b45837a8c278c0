package bulla.protector;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts the records of an interval that differ in nothing but time and count together into one, with
 * the sum of their counts and the time of the last. What is put together reaches the sink after the
 * results are given out, so a process that is killed loses up to an interval; once the sink has
 * failed, each further call fails until it takes what is waiting. A call waits for the sink only
 * then, or when too many different records wait, and no longer than ten seconds.
 */
public final class AuditAggregation implements AuditSink {
  /** So many different records are held, and no more. */
  private static final int MOST_WAITING = 10_000;

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  private final AuditSink sink;
  private final Duration patience;

  /** The one thread that writes to the sink, so that no caller waits behind a sink that hangs. */
  private final ScheduledThreadPoolExecutor writer;

  private final ReentrantLock turn = new ReentrantLock();
  private Map<AuditRecord, AuditRecord> waiting = new LinkedHashMap<>();
  private int underWay;

  /** How many records the sink took so far. */
  private final AtomicLong taken = new AtomicLong();

  private boolean failed;
  private boolean closed;

  /**
   * @param sink gets what is put together; closed together with this
   * @param interval how long records wait for others at most
   */
  public AuditAggregation(AuditSink sink, Duration interval) {
    this(sink, interval, USUAL_PATIENCE);
  }

  /**
   * @param patience how long a call waits for the sink where it must
   */
  AuditAggregation(AuditSink sink, Duration interval, Duration patience) {
    this.sink = sink;
    this.patience = patience;
    this.writer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "bulla-audit");
              thread.setDaemon(true);
              return thread;
            });
    writer.setRemoveOnCancelPolicy(true);
    ScheduledFuture<?> flushes =
        writer.scheduleWithFixedDelay(
            this::flushInTime, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    if (flushes.isDone()) {
      throw new IllegalStateException("The timer does not run");
    }
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    if (hasFailed()) {
      flush(false);
    }
    if (add(auditRecord) >= MOST_WAITING) {
      flush(false);
    }
  }

  private boolean hasFailed() {
    turn.lock();
    try {
      return failed;
    } finally {
      turn.unlock();
    }
  }

  /** How many are held with this one. */
  private int add(AuditRecord auditRecord) throws IOException {
    turn.lock();
    try {
      if (closed) {
        throw new IOException("The audit sink is closed");
      }
      waiting.merge(likeness(auditRecord), auditRecord, AuditAggregation::together);
      return waiting.size() + underWay;
    } finally {
      turn.unlock();
    }
  }

  private static AuditRecord likeness(AuditRecord auditRecord) {
    return auditRecord.ofCount(0).at(Instant.EPOCH);
  }

  private static AuditRecord together(AuditRecord one, AuditRecord other) {
    AuditRecord later = one.time().isAfter(other.time()) ? one : other;
    return later.ofCount(one.count() + other.count());
  }

  private void flushInTime() {
    try {
      pass();
    } catch (IOException | RuntimeException | Error e) {
      // The next call tries again, and fails where this does. What left this would end the timer.
      fail();
    }
  }

  /**
   * Passes on what waits, for as long as the sink takes one record after the other.
   *
   * @throws IOException when the sink fails or takes none for too long
   */
  @Override
  public void flush() throws IOException {
    flush(true);
  }

  private void flush(boolean patiently) throws IOException {
    Future<?> passed =
        writer.submit(
            () -> {
              pass();
              return null;
            });
    try {
      await(passed, patiently);
    } catch (ExecutionException e) {
      fail();
      throw new IOException("The audit sink fails: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      passed.cancel(false);
      fail();
      throw new IOException("The audit sink is too slow", e);
    }
  }

  /** Whoever is interrupted waits all the same, as the last records of a process do at its end. */
  private void await(Future<?> passed, boolean patiently)
      throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    long before = taken.get();
    boolean interrupted = false;
    try {
      for (boolean over = false; !over; ) {
        try {
          passed.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          over = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          if (!patiently || taken.get() == before) {
            throw e;
          }
          before = taken.get();
          end = System.nanoTime() + patience.toNanos();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** On the writer's thread: the calls go on meanwhile, and what fails goes back to what waits. */
  private void pass() throws IOException {
    Deque<AuditRecord> records = begin();
    try {
      while (!records.isEmpty()) {
        sink.write(records.getFirst());
        records.removeFirst();
        taken.incrementAndGet();
      }
      sink.flush();
    } finally {
      end(records);
    }
  }

  private Deque<AuditRecord> begin() {
    turn.lock();
    try {
      Deque<AuditRecord> records = new ArrayDeque<>(waiting.values());
      waiting = new LinkedHashMap<>();
      underWay = records.size();
      return records;
    } finally {
      turn.unlock();
    }
  }

  private void end(Deque<AuditRecord> left) {
    turn.lock();
    try {
      left.forEach(one -> waiting.merge(likeness(one), one, AuditAggregation::together));
      underWay = 0;
      failed = !left.isEmpty();
    } finally {
      turn.unlock();
    }
  }

  private void fail() {
    turn.lock();
    try {
      failed = true;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      turn.unlock();
    }
    try {
      flush();
    } finally {
      writer.shutdownNow();
      sink.close();
    }
  }
}
