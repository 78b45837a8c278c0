package bulla.identity.audit;

import bulla.audit.EventFilter;
import bulla.commonops.problem.CommonProblem;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads the query parameters that filter the journal. */
final class EventQuery {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private EventQuery() {}

  /**
   * The filter that the parameters state; null means that the parameter was not given.
   *
   * @param object a kind of object, or a kind, a slash and an id
   * @param before an entry's id
   * @throws bulla.commonops.problem.Problem 400 naming the parameter that cannot be read
   */
  static EventFilter filter(
      String from, String to, String user, String action, String object, String before) {
    String type = object;
    String id = null;
    int slash = object == null ? -1 : object.indexOf('/');
    if (slash >= 0) {
      type = object.substring(0, slash);
      id = object.substring(slash + 1);
    }
    return new EventFilter(
        time("from", from),
        time("to", to),
        text("user", user, 256),
        text("action", action, 128),
        text("object", type, 64),
        text("object", id, 256),
        id(before));
  }

  private static Long id(String before) {
    if (before == null) {
      return null;
    }
    if (!before.matches("[0-9]{1,18}")) {
      throw CommonProblem.INVALID_PARAMETER.because(
          "before must be the id of an entry: a whole number", "before");
    }
    return Long.valueOf(before);
  }

  /** The time that the parameter or member of this name states; null for null. */
  static Instant time(String name, String text) {
    if (text == null) {
      return null;
    }
    Instant time;
    try {
      time = Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      throw notATimeFrom1970(name);
    }
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw notATimeFrom1970(name);
    }
    return time;
  }

  private static RuntimeException notATimeFrom1970(String name) {
    return CommonProblem.INVALID_PARAMETER.because(
        name + " must be a time from 1970 to 9998 such as 2026-01-31T12:00:00Z", name);
  }

  // The bounds are those of the journal: nothing longer is in it.
  private static String text(String name, String text, int longest) {
    if (text != null && (text.isEmpty() || text.length() > longest)) {
      throw CommonProblem.INVALID_PARAMETER.because(
          name + " has a part that is empty or longer than " + longest + " characters", name);
    }
    return text;
  }
}
