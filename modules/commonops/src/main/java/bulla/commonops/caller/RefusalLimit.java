package bulla.commonops.caller;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which refusals get an entry of their own in the journal, so that a stranger cannot fill
 * the database: a few per source and minute; the others are counted. Keeps a bounded number of
 * sources.
 */
final class RefusalLimit {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /**
   * Two go for one that comes, so that ended minutes do not pile up and no request pays for all.
   */
  private static final int ENDED_PER_CALL = 2;

  private final int mostEntries;
  private final int mostSources;
  private final Clock clock;

  /** In the order in which the minutes began. */
  private final Map<String, Minute> minutes = new LinkedHashMap<>();

  RefusalLimit(int mostEntries, int mostSources, Clock clock) {
    this.mostEntries = mostEntries;
    this.mostSources = mostSources;
    this.clock = clock;
  }

  /**
   * What to write for one more refusal.
   *
   * @param entry whether it gets an entry of its own
   * @param uncounted what was left out in minutes that have ended, and has to be told now
   */
  record Decision(boolean entry, List<LeftOut> uncounted) {}

  /** How many refusals of an address were left out of the journal. */
  record LeftOut(String source, long count) {}

  synchronized Decision refused(String source) {
    long now = clock.millis();
    var leftOut = new ArrayList<LeftOut>();
    Minute minute = minutes.get(source);
    if (minute != null && minute.hasEnded(now)) {
      end(source, minutes.remove(source), leftOut);
      minute = null;
    }
    endOldest(source, now, leftOut);
    if (minute == null) {
      minute = new Minute(now);
      minutes.put(source, minute);
    }
    minute.refusals++;
    return new Decision(minute.refusals <= mostEntries, leftOut);
  }

  /** Ends all minutes and answers what they left out. */
  synchronized List<LeftOut> endAll() {
    var leftOut = new ArrayList<LeftOut>();
    minutes.forEach((source, minute) -> end(source, minute, leftOut));
    minutes.clear();
    return leftOut;
  }

  private void endOldest(String arriving, long now, List<LeftOut> leftOut) {
    Iterator<Map.Entry<String, Minute>> oldest = minutes.entrySet().iterator();
    for (int i = 0; i < ENDED_PER_CALL && oldest.hasNext(); i++) {
      Map.Entry<String, Minute> entry = oldest.next();
      boolean full = minutes.size() >= mostSources && !minutes.containsKey(arriving);
      if (!entry.getValue().hasEnded(now) && !full) {
        return;
      }
      oldest.remove();
      end(entry.getKey(), entry.getValue(), leftOut);
    }
  }

  private void end(String source, Minute minute, List<LeftOut> leftOut) {
    if (minute.refusals > mostEntries) {
      leftOut.add(new LeftOut(source, minute.refusals - mostEntries));
    }
  }

  private static final class Minute {
    private final long begin;
    private long refusals;

    Minute(long begin) {
      this.begin = begin;
    }

    /** Also where the clock was set back: a minute must not last for hours. */
    boolean hasEnded(long now) {
      return now < begin || now - begin >= MINUTE;
    }
  }
}
