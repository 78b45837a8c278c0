package bulla.pim.alphabet;

import jakarta.validation.constraints.NotNull;

/**
 * Code points from one to another, both included.
 *
 * @param from the first one, hexadecimal: 0041
 * @param to the last one, hexadecimal: 005A
 */
public record CodePointRange(
    @NotNull(message = "must be a hexadecimal code point") String from,
    @NotNull(message = "must be a hexadecimal code point") String to) {}
