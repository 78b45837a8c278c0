package bulla.protector;

import bulla.resilientpackage.envelope.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets records go that another sink cannot keep, and asks that sink only now and then while it
 * fails: it may take seconds to find out that nobody answers.
 */
final class DroppingAudit implements AuditSink {
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(DroppingAudit.class.getName());

  private final AuditSink sink;
  private final Outage writing;

  /** Apart: what cannot be passed on yet may still be kept. */
  private final Outage flushing;

  DroppingAudit(AuditSink sink) {
    this(sink, System::nanoTime, LONGEST_PAUSE);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param longestPause from one write to the next of a sink that fails
   */
  DroppingAudit(AuditSink sink, LongSupplier nanoTime, Duration longestPause) {
    this.sink = sink;
    this.writing = new Outage(nanoTime, longestPause);
    this.flushing = new Outage(nanoTime, LONGEST_PAUSE);
  }

  /** What the sink is asked for. */
  private interface Work {
    void run() throws IOException;
  }

  @Override
  public void write(AuditRecord auditRecord) {
    long lost = ask(writing, () -> sink.write(auditRecord), "Audit records are dropped: {0}");
    tellLosses(lost);
  }

  @Override
  public void flush() {
    ask(flushing, sink::flush, "Audit records are not passed on: {0}");
  }

  /** How many calls before this one were in vain, when this is the first that was not. */
  private static long ask(Outage outage, Work work, String failure) {
    long begun = outage.begin();
    if (begun == Outage.PAUSED) {
      return 0;
    }
    try {
      work.run();
      return outage.ended(begun);
    } catch (IOException | RuntimeException e) {
      if (outage.failed(begun)) {
        tell(failure, e);
      }
      return 0;
    } catch (Error e) {
      if (outage.failed(begun)) {
        tell(failure, e);
      }
      throw e;
    }
  }

  private static void tell(String failure, Throwable e) {
    LOG.log(System.Logger.Level.WARNING, failure, VisibleText.of(e.toString()));
  }

  private static void tellLosses(long lost) {
    if (lost > 0) {
      LOG.log(
          System.Logger.Level.WARNING, "Audit records that were dropped: {0}", Long.toString(lost));
    }
  }

  @Override
  public void close() {
    try {
      sink.close();
    } catch (IOException | RuntimeException e) {
      tell("Audit records are dropped: {0}", e);
    }
    tellLosses(writing.takeLosses());
  }
}
