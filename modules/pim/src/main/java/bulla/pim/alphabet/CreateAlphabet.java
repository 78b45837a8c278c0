package bulla.pim.alphabet;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * An alphabet to create. It cannot be changed later: tokens out there depend on it.
 *
 * @param label its name
 * @param description what it is for, in words, up to 255 characters; optional
 * @param alphabets the uids of other alphabets, whose symbols belong to it
 * @param ranges code points from one to another, hexadecimal; those that Unicode does not assign
 *     are left out
 * @param codePoints single code points, hexadecimal
 */
public record CreateAlphabet(
    @ObjectName String label,
    @Description String description,
    @Size(max = 100, message = "must have at most 100 alphabets")
        List<@NotNull(message = "must be the uid of an alphabet") String> alphabets,
    @Size(max = 1000, message = "must have at most 1000 ranges")
        List<@NotNull(message = "must be an object") @Valid CodePointRange> ranges,
    @Size(max = 10_000, message = "must have at most 10000 code points")
        List<@NotNull(message = "must be a hexadecimal code point") String> codePoints) {
  /** Absent lists are empty ones. */
  public CreateAlphabet {
    alphabets = alphabets == null ? List.of() : alphabets;
    ranges = ranges == null ? List.of() : ranges;
    codePoints = codePoints == null ? List.of() : codePoints;
  }

  AlphabetEntries entries() {
    return new AlphabetEntries(alphabets, ranges, codePoints);
  }
}
