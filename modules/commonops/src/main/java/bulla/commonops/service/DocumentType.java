package bulla.commonops.service;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The media types of an API's document, and which of them a caller wants (RFC 9110, section
 * 12.5.1).
 */
final class DocumentType {
  static final String JSON = "application/json";

  /** In the order of the server's own preference. */
  static final List<String> OFFERED = List.of("application/x-yaml", "application/yaml", JSON);

  private static final Pattern COMMA = Pattern.compile(",");

  /** One of what a caller accepts. */
  private record Range(String name, double weight) {
    static Range of(String text) {
      String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
      double weight =
          Arrays.stream(parts)
              .skip(1)
              .map(String::strip)
              .filter(parameter -> parameter.startsWith("q="))
              .mapToDouble(parameter -> Double.parseDouble(parameter.substring(2)))
              .findFirst()
              .orElse(1);
      return new Range(parts[0].strip(), weight);
    }

    /** 3 for the type itself, 2 for its kind, 1 for everything, 0 for something else. */
    int closeness(String type) {
      if (name.equals(type)) {
        return 3;
      }
      return name.equals("application/*") ? 2 : name.equals("*/*") ? 1 : 0;
    }
  }

  /** An offered type with what of the caller's wishes comes closest to it. */
  private record Candidate(String type, int closeness, double weight) {}

  private DocumentType() {}

  /**
   * The offered type with the highest weight; among equals the one that the caller names more
   * exactly, then the one that the server prefers. Where none is acceptable it is the server's own
   * choice, as without the header.
   *
   * @param accept the header {@code Accept} with well-formed weights, or null
   */
  static String wanted(String accept) {
    List<Range> ranges =
        COMMA
            .splitAsStream(accept == null ? "*/*" : accept)
            .filter(range -> !range.isBlank())
            .map(Range::of)
            .toList();
    return OFFERED.stream()
        .map(type -> candidate(type, ranges))
        .filter(candidate -> candidate.weight() > 0)
        // Of equals, max would take the last.
        .sorted(
            Comparator.comparingDouble(Candidate::weight)
                .thenComparingInt(Candidate::closeness)
                .reversed())
        .findFirst()
        .map(Candidate::type)
        .orElse(OFFERED.get(0));
  }

  private static Candidate candidate(String type, List<Range> ranges) {
    return ranges.stream()
        .filter(range -> range.closeness(type) > 0)
        .max(Comparator.comparingInt(range -> range.closeness(type)))
        .map(range -> new Candidate(type, range.closeness(type), range.weight()))
        .orElse(new Candidate(type, 0, 0));
  }
}
