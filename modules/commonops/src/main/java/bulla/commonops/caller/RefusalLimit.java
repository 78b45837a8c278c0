package bulla.commonops.caller;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which refusals get an entry of their own in the journal, so that strangers cannot fill
 * the database: a few per source and minute, and not many of all sources together; the others are
 * counted. Keeps a bounded number of sources, and tells a bounded number of them apart.
 */
final class RefusalLimit {
  /** So many sources whose refusals were counted are told apart at a time. */
  static final int MOST_TOLD = 20;

  /** So many of the names that were tried are told. */
  private static final int MOST_NAMES = 5;

  private static final int LONGEST_NAME = 64;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final int mostEntries;
  private final int mostTogether;
  private final int mostSources;
  private final Clock clock;

  /** In the order in which the minutes began. */
  private final Map<String, Minute> minutes = new LinkedHashMap<>();

  /** Of minutes that have ended; of many, those that left out most and the sum of the others. */
  private final List<LeftOut> untold = new ArrayList<>();

  private Minute together;

  /**
   * A limit.
   *
   * @param mostEntries of one source in a minute
   * @param mostTogether of all sources in a minute
   * @param mostSources how many are counted apart
   */
  RefusalLimit(int mostEntries, int mostTogether, int mostSources, Clock clock) {
    this.mostEntries = mostEntries;
    this.mostTogether = mostTogether;
    this.mostSources = mostSources;
    this.clock = clock;
    this.together = new Minute(clock.millis());
  }

  /**
   * How many refusals were left out of the journal.
   *
   * @param source whose; nothing for the sum of several
   * @param sources of how many sources
   * @param since when the first minute began
   * @param names some of the names that were tried, each cut to 64 characters
   */
  record LeftOut(
      Optional<String> source, int sources, long count, Instant since, List<String> names) {

    private LeftOut and(LeftOut other) {
      return new LeftOut(
          Optional.empty(),
          sources + other.sources,
          count + other.count,
          since.isBefore(other.since) ? since : other.since,
          List.of());
    }
  }

  /**
   * Counts one more refusal, and says whether it gets an entry of its own.
   *
   * @param name whom the stranger claimed to be, if that was said
   */
  synchronized boolean refused(String source, Optional<String> name) {
    long now = clock.millis();
    Minute minute = minutes.get(source);
    if (minute != null && minute.hasEnded(now)) {
      end(source, minutes.remove(source));
      minute = null;
    }
    if (minute == null) {
      if (minutes.size() >= mostSources) {
        Iterator<Map.Entry<String, Minute>> oldest = minutes.entrySet().iterator();
        Map.Entry<String, Minute> first = oldest.next();
        oldest.remove();
        end(first.getKey(), first.getValue());
      }
      minute = new Minute(now);
      minutes.put(source, minute);
    }
    if (together.hasEnded(now)) {
      together = new Minute(now);
    }
    if (minute.entries < mostEntries && together.entries < mostTogether) {
      minute.entries++;
      together.entries++;
      return true;
    }
    minute.leftOut++;
    name.ifPresent(minute::tried);
    return false;
  }

  /** What the minutes that are over have left out; each is answered once. */
  synchronized List<LeftOut> ended() {
    return ended(clock.millis());
  }

  /** The same, with the minutes that are not over. */
  synchronized List<LeftOut> endAll() {
    return ended(Long.MAX_VALUE);
  }

  private List<LeftOut> ended(long now) {
    minutes
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = entry.getValue().hasEnded(now);
              if (over) {
                end(entry.getKey(), entry.getValue());
              }
              return over;
            });
    List<LeftOut> told = List.copyOf(untold);
    untold.clear();
    return told;
  }

  private void end(String source, Minute minute) {
    if (minute.leftOut == 0) {
      return;
    }
    untold.add(
        new LeftOut(
            Optional.of(source),
            1,
            minute.leftOut,
            Instant.ofEpochMilli(minute.begin),
            List.copyOf(minute.names)));
    if (untold.size() > MOST_TOLD) {
      // The sum, where there is one, stays the last.
      untold.sort(
          Comparator.comparing((LeftOut each) -> each.source().isEmpty())
              .thenComparing(Comparator.comparingLong(LeftOut::count).reversed()));
      LeftOut last = untold.remove(untold.size() - 1);
      LeftOut least = untold.remove(untold.size() - 1);
      untold.add(least.and(last));
    }
  }

  private static final class Minute {
    private final long begin;
    private final Set<String> names = new LinkedHashSet<>();
    private int entries;
    private long leftOut;

    Minute(long begin) {
      this.begin = begin;
    }

    void tried(String name) {
      if (names.size() < MOST_NAMES) {
        names.add(name.substring(0, Math.min(name.length(), LONGEST_NAME)));
      }
    }

    /** Also where the clock was set back: a minute must not last for hours. */
    boolean hasEnded(long now) {
      return now < begin || now - begin >= MINUTE;
    }
  }
}
