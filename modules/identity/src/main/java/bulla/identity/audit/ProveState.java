package bulla.identity.audit;

import jakarta.validation.constraints.NotNull;

/**
 * A question of an auditor: what do entries hold where an object had this state?
 *
 * @param state as a GET of the object answers it, in any spelling; whole numbers only
 */
public record ProveState(@NotNull(message = "is needed") Object state) {}
