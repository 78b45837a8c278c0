package bulla.commonops.service;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The level of an API's log.
 *
 * @param level SEVERE, WARNING, INFO, CONFIG, FINE, FINER or FINEST
 */
public record LogLevelView(
    @NotNull
        @Schema(
            enumeration = {"SEVERE", "WARNING", "INFO", "CONFIG", "FINE", "FINER", "FINEST"},
            description =
                """
                The level from which records are written

                - `SEVERE`: failures alone
                - `WARNING`: and what may lead to one
                - `INFO`: and what an operator wants to know of a healthy server
                - `CONFIG`: and with which settings it works
                - `FINE`: and what it does, roughly
                - `FINER`: and how it does it
                - `FINEST`: and each call with its route, user, status and duration""")
        String level) {}
