package bulla.audit;

import java.time.Instant;

/**
 * An event as the journal holds it.
 *
 * @param id its number; later entries have higher ones, and a change that was rolled back leaves a
 *     gap
 * @param time when it was recorded, to the microsecond
 * @param event what happened
 * @param states what is kept of the object's states
 */
public record RecordedEvent(long id, Instant time, AuditEvent event, StateHmacs states) {}
