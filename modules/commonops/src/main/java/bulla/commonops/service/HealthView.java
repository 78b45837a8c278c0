package bulla.commonops.service;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether a service can do its work.
 *
 * @param isHealthy true where the modules have started, the keyring among them, the database
 *     answers, the journal is sealed, and the disk has room
 */
public record HealthView(@JsonProperty("isHealthy") boolean isHealthy) {}
