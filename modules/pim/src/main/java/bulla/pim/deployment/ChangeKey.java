package bulla.pim.deployment;

import bulla.pim.dataelement.ElementKeyState;
import jakarta.validation.constraints.NotNull;

/**
 * What a key of a data element becomes.
 *
 * @param state COMPROMISED or DESTROYED
 */
public record ChangeKey(
    @NotNull(message = "must be COMPROMISED or DESTROYED") ElementKeyState state) {}
