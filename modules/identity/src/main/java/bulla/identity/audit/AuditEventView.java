package bulla.identity.audit;

import bulla.audit.RecordedEvent;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An entry of the audit journal.
 *
 * @param id its number
 * @param time when it was recorded, RFC 3339 in UTC
 * @param user the name of the caller; null if unknown
 * @param address the caller's network address; null for what the server did by itself
 * @param action what was done
 * @param objectType the kind of object; may be null
 * @param objectId which object; may be null
 * @param outcome SUCCESS, REFUSED or FAILED
 * @param detail what else is known; may be null
 * @param before the HMAC of the object's state before a change, 64 hexadecimal digits; null where
 *     there was none
 * @param after the HMAC of its state after the change; null where there is none
 * @param correlationId what links the entry with log lines and problem documents; may be null
 */
public record AuditEventView(
    long id,
    String time,
    String user,
    String address,
    String action,
    String objectType,
    String objectId,
    @Schema(
            enumeration = {"SUCCESS", "REFUSED", "FAILED"},
            description =
                """
                What came of it

                - `SUCCESS`: it did what it was asked to do
                - `REFUSED`: the caller was not known, or not allowed to do it
                - `FAILED`: the caller was allowed to do it, and it did not work""")
        String outcome,
    String detail,
    String before,
    String after,
    String correlationId) {
  static AuditEventView of(RecordedEvent recorded) {
    var event = recorded.event();
    return new AuditEventView(
        recorded.id(),
        recorded.time().toString(),
        event.actor(),
        event.address(),
        event.action(),
        event.objectType(),
        event.objectId(),
        event.outcome().name(),
        event.detail(),
        recorded.states().before(),
        recorded.states().after(),
        event.correlationId());
  }
}
