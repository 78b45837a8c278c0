package bulla.pim.object;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.validation.constraints.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String NAME = ObjectName.class.getAnnotation(Pattern.class).regexp();
  private static final String DESCRIPTION = Description.class.getAnnotation(Pattern.class).regexp();

  private final InMemoryObjects<Thing> things = new InMemoryObjects<>(ObjectType.MASK);

  @ParameterizedTest
  @ValueSource(strings = {"A", "DE_ALPHANUM", "Müller & Söhne", "名前", "a b", "😀"})
  void aNameIsPrintable(String name) {
    assertThat(name).matches(NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " a",
        "a ",
        "\u00A0a",
        "a\u3000",
        "a\tb",
        "a\n",
        "a\u0000b",
        "a\u200Bb",
        "\u202Ea",
        "a\u2028b",
        "a\uD800b",
        "a\uFFFFb"
      })
  void aNameHasNoBlanksAtItsEndsAndNothingInvisible(String name) {
    assertThat(name).doesNotMatch(NAME);
  }

  @Test
  void aDescriptionMayBeEmptyAndHaveBlanksAtItsEnds() {
    assertThat("").matches(DESCRIPTION);
    assertThat(" for the demo ").matches(DESCRIPTION);
    assertThat("two\nlines").doesNotMatch(DESCRIPTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Straße", "straße", "STRAßE"})
  void aNameIsTakenWhateverItsCase(String name) {
    things.add(new Thing("straße"));
    assertThat(problem(PimProblem.ALREADY_EXISTS, () -> things.requireFree(name)).member())
        .contains("name");
    assertThatCode(() -> things.requireFree("Gasse")).doesNotThrowAnyException();
  }

  @Test
  void aComposedAndADecomposedNameAreTheSame() {
    things.add(new Thing("Caf\u00E9"));
    problem(PimProblem.ALREADY_EXISTS, () -> things.requireFree("cafe\u0301"));
  }

  @Test
  void anObjectMayKeepItsOwnNameInAnotherCase() {
    var thing = new Thing("a");
    things.add(thing);
    things.add(new Thing("b"));
    things.requireFree("A", thing);
    problem(PimProblem.ALREADY_EXISTS, () -> things.requireFree("B", thing));
  }

  @Test
  void whatDoesNotExistIs404InThePathAnd400InTheBody() {
    assertThat(problem(PimProblem.OBJECT_NOT_FOUND, () -> things.get("../7")).detail())
        .isEqualTo("Mask '../7' does not exist");
    assertThat(problem(PimProblem.UNKNOWN_REFERENCE, () -> things.referenced("7", "mask")).detail())
        .isEqualTo("Mask '7' does not exist");
  }

  @Test
  void theKeysOfNamesFitTheirColumns() {
    assertThat(PolicyObject.key("\u0130".repeat(ObjectName.LONGEST)).length())
        .isLessThanOrEqualTo(220);
    assertThat(PolicyObject.key("\u0130".repeat(255)).length()).isLessThanOrEqualTo(765);
  }

  private static final class Thing extends PolicyObject {
    Thing(String name) {
      super(name, null);
    }
  }
}
