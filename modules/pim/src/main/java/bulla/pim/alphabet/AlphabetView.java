package bulla.pim.alphabet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An alphabet as the API shows it.
 *
 * @param label the name, unique among the alphabets
 * @param description what it is for, in words; absent where it was not given
 * @param alphabets the uids of the alphabets that it includes; absent where it was not given
 * @param ranges the ranges of code points in it; absent where it was not given
 * @param codePoints the single code points in it, hexadecimal; absent where it was not given
 * @param size how many symbols it has, those of the alphabets that it names included
 * @param uid the uid, by which paths and other objects refer to it
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
