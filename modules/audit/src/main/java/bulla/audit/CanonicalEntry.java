package bulla.audit;

import bulla.auditchain.CanonicalObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The canonical form of an entry at its place in the chain. */
final class CanonicalEntry {
  // Instant.toString leaves out digits that are zero.
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private CanonicalEntry() {}

  /**
   * The members {@code action}, {@code actor}, {@code address}, {@code after}, {@code before},
   * {@code correlationId}, {@code detail}, {@code id}, {@code objectId}, {@code objectType}, {@code
   * outcome}, {@code seq} and {@code time} (RFC 3339, six digits of a second) of {@code entry},
   * without those that it lacks.
   */
  static byte[] of(long seq, RecordedEvent entry) {
    AuditEvent event = entry.event();
    return new CanonicalObject()
        .put("action", event.action())
        .put("actor", event.actor())
        .put("address", event.address())
        .put("after", entry.states().after())
        .put("before", entry.states().before())
        .put("correlationId", event.correlationId())
        .put("detail", event.detail())
        .put("id", entry.id())
        .put("objectId", event.objectId())
        .put("objectType", event.objectType())
        .put("outcome", event.outcome().name())
        .put("seq", seq)
        .put("time", MICROSECONDS.format(entry.time()))
        .utf8();
  }
}
