package bulla.protector;

import bulla.resilientpackage.envelope.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Puts the records of an interval that differ in nothing but time and count together into one, with
 * the sum of their counts and the time of the last. What is put together reaches the sink after the
 * results are given out, so a process that is killed loses up to an interval; once the sink has
 * failed, each further call fails until it takes what is waiting. A call waits for the sink only
 * then, or when 10,000 different records wait, and no longer than ten seconds; it goes on then if
 * the sink took a record meanwhile, unless twice as many wait. In the mode drop no call waits.
 */
public final class AuditAggregation implements AuditSink {
  private static final System.Logger LOG = System.getLogger(AuditAggregation.class.getName());
  private static final int USUAL_MOST = 10_000;

  private static final String CLOSED = "The audit sink is closed";
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  private final AuditSink sink;
  private final Duration patience;

  /** When so many different records are held, a call waits; when twice as many are, it fails. */
  private final int most;

  /** The one thread that writes to the sink, so that no caller waits behind a sink that hangs. */
  private final ScheduledThreadPoolExecutor writer;

  private final ReentrantLock turn = new ReentrantLock();
  private Map<AuditRecord, AuditRecord> waiting = new LinkedHashMap<>();
  private int underWay;

  /** Whether the writer was asked for what no call waits for, and has not begun with it. */
  private final AtomicBoolean asked = new AtomicBoolean();

  /** How many records the sink took so far. */
  private final AtomicLong taken = new AtomicLong();

  private boolean failed;
  private boolean closed;

  /**
   * @param sink gets what is put together; closed together with this
   * @param interval how long records wait for others at most
   */
  public AuditAggregation(AuditSink sink, Duration interval) {
    this(sink, interval, USUAL_PATIENCE, USUAL_MOST);
  }

  /**
   * @param patience how long a call waits for the sink where it must
   * @param most how many different records are held before it must
   */
  AuditAggregation(AuditSink sink, Duration interval, Duration patience, int most) {
    this.sink = sink;
    this.patience = patience;
    this.most = most;
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
    if (add(auditRecord) >= most) {
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
        throw new IOException(CLOSED);
      }
      waiting.merge(likeness(auditRecord), auditRecord, AuditAggregation::together);
      return held();
    } finally {
      turn.unlock();
    }
  }

  private int held() {
    turn.lock();
    try {
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
    boolean known = hasFailed();
    try {
      pass();
    } catch (IOException | RuntimeException | Error e) {
      // The next call tries again, and fails where this does. What left this would end the timer.
      fail();
      if (!known) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Audit records wait for a sink that fails: {0}",
            VisibleText.of(e.toString()));
      }
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
    // Counted before the writer begins: it may have taken all that it will before this goes on.
    long before = taken.get();
    Future<?> passed = begun();
    try {
      await(passed, patiently, before);
    } catch (ExecutionException e) {
      fail();
      throw new IOException("The audit sink fails: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      passed.cancel(false);
      fail();
      throw new IOException("The audit sink is too slow", e);
    }
  }

  private Future<?> begun() throws IOException {
    try {
      return writer.submit(
          () -> {
            pass();
            return null;
          });
    } catch (RejectedExecutionException e) {
      throw new IOException(CLOSED, e);
    }
  }

  /** Whoever is interrupted waits all the same, as the last records of a process do at its end. */
  private void await(Future<?> passed, boolean patiently, long takenBefore)
      throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    long before = takenBefore;
    boolean interrupted = false;
    try {
      for (boolean over = false; !over; ) {
        try {
          passed.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          over = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          if (taken.get() == before || (!patiently && held() >= 2 * most)) {
            throw e;
          }
          if (patiently) {
            before = taken.get();
            end = System.nanoTime() + patience.toNanos();
          } else {
            // It works, though slowly, and goes on without this call.
            passed.cancel(false);
            over = true;
          }
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
    boolean done = false;
    try {
      while (!records.isEmpty()) {
        sink.write(records.getFirst());
        records.removeFirst();
        took();
      }
      sink.flush();
      done = true;
    } finally {
      end(records, !done);
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

  private void took() {
    turn.lock();
    try {
      underWay--;
      taken.incrementAndGet();
    } finally {
      turn.unlock();
    }
  }

  private void end(Deque<AuditRecord> left, boolean isFailure) {
    turn.lock();
    try {
      left.forEach(one -> waiting.merge(likeness(one), one, AuditAggregation::together));
      underWay = 0;
      failed = isFailure;
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

  /**
   * {@inheritDoc} No call waits for the sink, whether it fails or hangs: what waits is written at
   * each interval, and before that when 10,000 different records wait. When 20,000 do, further ones
   * are dropped.
   */
  @Override
  public AuditSink orDrop() {
    return orDrop(System::nanoTime);
  }

  AuditSink orDrop(LongSupplier nanoTime) {
    // A record costs no time where there is room for it, and room may come at any moment.
    return new DroppingAudit(new NeverWaiting(), nanoTime, Duration.ofNanos(1));
  }

  /** This, for callers that rather lose a record than wait. */
  private final class NeverWaiting implements AuditSink {
    @Override
    public void write(AuditRecord auditRecord) throws IOException {
      int held = addWhereThereIsRoom(auditRecord);
      // While the sink fails, only the timer and whoever finds no room have it asked again.
      if (held > 2 * most || (held >= most && !hasFailed())) {
        ask();
      }
      if (held > 2 * most) {
        throw new IOException("Too many audit records wait for the sink");
      }
    }

    @Override
    public void flush() throws IOException {
      if (hasFailed()) {
        ask();
        throw new IOException("The audit sink fails");
      }
      AuditAggregation.this.flush();
    }

    @Override
    public void close() throws IOException {
      AuditAggregation.this.close();
    }
  }

  /** How many records there are with this one, which is kept where they are not too many. */
  private int addWhereThereIsRoom(AuditRecord auditRecord) throws IOException {
    turn.lock();
    try {
      boolean hasRoom = held() < 2 * most || waiting.containsKey(likeness(auditRecord));
      return hasRoom ? add(auditRecord) : held() + 1;
    } finally {
      turn.unlock();
    }
  }

  private void ask() {
    if (asked.compareAndSet(false, true)) {
      writer.execute(
          () -> {
            asked.set(false);
            flushInTime();
          });
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
