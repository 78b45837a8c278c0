package bulla.identity.audit;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which entries go into an archive.
 *
 * @param before all in it are older than that: RFC 3339 in UTC
 */
public record ArchiveEntries(
    @NotNull @Schema(format = "date-time", examples = "2026-01-31T00:00:00Z") String before) {}
