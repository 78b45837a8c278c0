package bulla.pim.alphabet;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.object.InMemoryObjects;
import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.RecordedChanges;
import bulla.pim.object.References;
import bulla.pim.object.Referrer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlphabetServiceTest {
  private final RecordedChanges changes = new RecordedChanges();
  private final List<Referrer> referrers = new ArrayList<>();
  private final AlphabetService service =
      new AlphabetService(new InMemoryAlphabets(), changes, new References(referrers));

  @Test
  void anAlphabetIsTheUnionOfWhatItNames() {
    service.create(alphabet("upper", List.of(), List.of(range("0041", "005A")), List.of()));
    AlphabetView german =
        service.create(
            alphabet("de", List.of("1"), List.of(range("0058", "005f")), List.of("00DF", "df")));
    assertThat(german.size()).as("26 letters, 5 more of the range, and one").isEqualTo(32);
    assertThat(german.ranges()).containsExactly(range("0058", "005f"));
    assertThat(service.get("2").view()).isEqualTo(german);
    assertThat(service.list("DE")).containsExactly(german);
    assertThat(service.list("fr")).isEmpty();
    assertThat(changes.records()).contains("CREATE alphabets 2");
  }

  @Test
  void whatUnicodeDoesNotAssignIsLeftOutOfARange() {
    AlphabetView greek =
        service.create(alphabet("greek", List.of(), List.of(range("0370", "03FF")), List.of()));
    assertThat(greek.size()).isLessThan(0x90).isGreaterThan(0x80);
    AlphabetView around =
        service.create(alphabet("around", List.of(), List.of(range("D7C7", "F900")), List.of()));
    assertThat(around.size()).as("no surrogate counts").isLessThan(0xF900 - 0xE000 + 64);
  }

  @Test
  void overlappingRangesCountOnce() {
    AlphabetView once =
        service.create(alphabet("once", List.of(), List.of(range("0370", "9FFF")), List.of()));
    List<CodePointRange> many =
        IntStream.range(0, 1000)
            .mapToObj(i -> range("%04X".formatted(0x370 + i), "%04X".formatted(0x9FFF - i)))
            .toList();
    assertThat(service.create(alphabet("many", List.of(), many, List.of())).size())
        .isEqualTo(once.size());
  }

  @ParameterizedTest
  @CsvSource({
    "0041,0049,,",
    "001F,0049,,ranges[0].from",
    "0041,40000,,ranges[0].to",
    "0049,0041,,ranges[0]",
    "G,0049,,ranges[0].from",
    "-41,0049,,ranges[0].from",
    "0041,005A,D800,codePoints[0]",
    "0041,005A,0378,codePoints[0]",
    "0041,005A,7FFFFFFF,codePoints[0]",
    "0020,3FFFF,,"
  })
  void whatCannotBeIsNamed(String from, String to, String single, String member) {
    var problem =
        problem(
            PimProblem.INVALID_ALPHABET,
            () ->
                service.create(
                    alphabet(
                        "x",
                        List.of(),
                        List.of(range(from, to)),
                        single == null ? List.of() : List.of(single))));
    assertThat(problem.member().orElse(null)).isEqualTo(member);
    assertThat(service.list(null)).isEmpty();
    assertThat(changes.records().isEmpty())
        .as("no other change waits for the ranges to be worked out")
        .isEqualTo(member != null);
  }

  @Test
  void anAlphabetThatAnotherNamesStays() {
    service.create(alphabet("upper", List.of(), List.of(range("0041", "005A")), List.of()));
    service.create(alphabet("more", List.of("1"), List.of(), List.of("00DF")));
    referrers.add(service);
    assertThat(problem(PimProblem.IN_USE, () -> service.delete("1", version -> {})).detail())
        .isEqualTo("Alphabet '1' is used by alphabet '2'");
    service.delete("2", version -> {});
    service.delete("1", version -> {});
    assertThat(service.list(null)).isEmpty();
  }

  @Test
  void whatItNamesMustExistAndBeNamedOnce() {
    service.create(alphabet("upper", List.of(), List.of(range("0041", "005A")), List.of()));
    assertThat(
            problem(
                    PimProblem.UNKNOWN_REFERENCE,
                    () -> service.create(alphabet("x", List.of("1", "9"), List.of(), List.of())))
                .member())
        .contains("alphabets[1]");
    problem(
        PimProblem.REPEATED,
        () -> service.create(alphabet("x", List.of("1", "1"), List.of(), List.of())));
    assertThat(
            problem(
                    PimProblem.ALREADY_EXISTS,
                    () -> service.create(alphabet("UPPER", List.of("1"), List.of(), List.of())))
                .member())
        .contains("label");
  }

  private static CodePointRange range(String from, String to) {
    return new CodePointRange(from, to);
  }

  private static CreateAlphabet alphabet(
      String label, List<String> alphabets, List<CodePointRange> ranges, List<String> codePoints) {
    return new CreateAlphabet(label, null, alphabets, ranges, codePoints);
  }

  private static final class InMemoryAlphabets extends InMemoryObjects<StoredAlphabet>
      implements AlphabetRepository {
    private final Map<Long, List<Long>> parts = new HashMap<>();

    InMemoryAlphabets() {
      super(ObjectType.ALPHABET);
    }

    @Override
    public void addParts(long alphabetId, Collection<Long> partIds) {
      parts.put(alphabetId, List.copyOf(partIds));
    }

    @Override
    public void removeParts(long alphabetId) {
      parts.remove(alphabetId);
    }

    @Override
    public Optional<Long> withPart(long partId) {
      return parts.entrySet().stream()
          .filter(entry -> entry.getValue().contains(partId))
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }
}
