package bulla.commonops.service;

import jakarta.validation.constraints.NotNull;

/**
 * The level of an API's log.
 *
 * @param level SEVERE, WARNING, INFO, CONFIG, FINE, FINER or FINEST
 */
public record LogLevelView(@NotNull String level) {}
