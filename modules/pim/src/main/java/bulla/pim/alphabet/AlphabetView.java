package bulla.pim.alphabet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An alphabet as the API shows it.
 *
 * @param size how many symbols it has, those of the alphabets that it names included
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlphabetView(
    String label,
    String description,
    List<String> alphabets,
    List<CodePointRange> ranges,
    List<String> codePoints,
    int size,
    String uid) {
  static AlphabetView of(StoredAlphabet alphabet) {
    AlphabetEntries entries = alphabet.entries();
    return new AlphabetView(
        alphabet.name(),
        alphabet.description(),
        entries.alphabets(),
        entries.ranges(),
        entries.codePoints(),
        alphabet.symbols().size(),
        alphabet.uid());
  }
}
