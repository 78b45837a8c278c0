package bulla.pim.alphabet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** What an alphabet was made of, as its creator wrote it. */
record AlphabetEntries(
    List<String> alphabets, List<CodePointRange> ranges, List<String> codePoints) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  AlphabetEntries {
    alphabets = List.copyOf(alphabets);
    ranges = List.copyOf(ranges);
    codePoints = List.copyOf(codePoints);
  }

  /** The form in which the database keeps them. */
  String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Entries that cannot be written", impossible);
    }
  }

  static AlphabetEntries parse(String text) {
    try {
      return JSON.readValue(text, AlphabetEntries.class);
    } catch (JsonProcessingException altered) {
      throw new IllegalStateException("The database has an alphabet that cannot be read", altered);
    }
  }
}
