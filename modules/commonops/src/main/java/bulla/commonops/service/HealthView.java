package bulla.commonops.service;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether a service can do its work.
 *
 * @param isHealthy false where the database does not answer
 */
public record HealthView(@JsonProperty("isHealthy") boolean isHealthy) {}
