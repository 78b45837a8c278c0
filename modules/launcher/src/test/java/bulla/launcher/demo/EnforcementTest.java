package bulla.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import bulla.launcher.demo.Story.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnforcementTest {
  private static final String VALUE = "1234567890";

  private final List<List<String>> clear = file((column, row) -> row == 1 ? "" : VALUE);
  private final List<List<String>> sealed = file(EnforcementTest::sealed);
  private final Map<String, List<List<String>>> seen = new HashMap<>();

  EnforcementTest() {
    seen.put(Story.FRAUD, clear);
    seen.put(
        Story.SUPPORT, file((column, row) -> row == 1 ? "" : forSupport(column.supportMask())));
    seen.put(
        Story.ANALYST, file((column, row) -> column.tokensForAnalyst() ? sealed(column, row) : ""));
  }

  private static String sealed(Column column, int row) {
    return row == 1 ? "" : column.isProtected() ? "0987654321" : VALUE;
  }

  private static String forSupport(String mask) {
    return mask == null
        ? "1234******"
        : switch (mask) {
          case "0" -> VALUE;
          case "KEEP_FIRST_2" -> "12********";
          case "KEEP_LAST_4" -> "******7890";
          default -> throw new IllegalArgumentException(mask);
        };
  }

  @Test
  void whatTheRulesSayPasses() {
    assertThatCode(() -> Enforcement.require(clear, sealed, seen)).doesNotThrowAnyException();
  }

  /** As if the protector copied the file and everybody saw what is in it. */
  @Test
  void aFileThatIsNotProtectedFails() {
    seen.put(
        Story.ANALYST, file((column, row) -> row == 1 || !column.tokensForAnalyst() ? "" : VALUE));

    assertThatThrownBy(() -> Enforcement.require(clear, clear, seen))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The column customer_id is not protected: 9 of 9 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer_id", "name", "email", "card", "phone", "balance", "remark"})
  void oneColumnThatIsNotProtectedFails(String open) {
    List<List<String>> leaking =
        file(
            (column, row) -> column.column().equals(open) && row > 1 ? VALUE : sealed(column, row));

    assertThatThrownBy(() -> Enforcement.require(clear, leaking, seen))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The column " + open + " is not protected");
  }

  @ParameterizedTest
  @ValueSource(strings = {Story.SUPPORT, Story.FRAUD, Story.ANALYST})
  void aRoleThatSeesWhatIsNotItsOwnFails(String role) {
    seen.put(role, file((column, row) -> "another"));

    assertThatThrownBy(() -> Enforcement.require(clear, sealed, seen))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The role " + role + " does not see");
  }

  /** One letter too many or too few, the other end, another length. */
  @ParameterizedTest
  @ValueSource(
      strings = {"123*******", "1*********", "********90", "12*******", "**********", "12345678*0"})
  void anotherMaskThanThatOfTheRuleFails(String shown) {
    seen.put(
        Story.SUPPORT,
        file(
            (column, row) ->
                row == 1
                    ? ""
                    : column.column().equals("name") ? shown : forSupport(column.supportMask())));

    assertThatThrownBy(() -> Enforcement.require(clear, sealed, seen))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The role support does not see")
        .hasMessageContaining("column name");
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "ab, **", "abc, ab*", "'\uD83D\uDE00bc', '\uD83D\uDE00b*'"})
  void aMaskCountsLettersAndHidesWhatItWouldShowWhole(String value, String masked) {
    assertThat(Story.masked("KEEP_FIRST_2", value)).isEqualTo(masked);
    assertThat(Story.masked("0", value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {Story.SUPPORT, Story.FRAUD, Story.ANALYST})
  void aViewWithMoreRowsFewerRowsOrOtherFieldsFails(String role) {
    List<List<String>> view = seen.get(role);
    var more = new ArrayList<>(view);
    more.add(view.get(2));
    var fewer = view.subList(0, view.size() - 1);
    var shorter = new ArrayList<>(view);
    shorter.set(3, view.get(3).subList(0, 4));
    var other = new ArrayList<>(view);
    other.set(0, view.get(1));
    for (List<List<String>> wrong : List.of(more, fewer, shorter, other)) {
      seen.put(role, wrong);
      assertThatThrownBy(() -> Enforcement.require(clear, sealed, seen))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("The view of the role " + role + " has ");
    }
  }

  @Test
  void aColumnWithoutADataElementStaysAsItIs() {
    assertThatThrownBy(
            () ->
                Enforcement.require(
                    with("here", clear), with("there", sealed), Map.of(Story.FRAUD, clear)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The protected file differs from the input in row 1, column origin");
  }

  private static List<List<String>> with(String value, List<List<String>> file) {
    var records = new ArrayList<List<String>>();
    for (List<String> record : file) {
      var longer = new ArrayList<>(record);
      longer.add(records.isEmpty() ? "origin" : value);
      records.add(longer);
    }
    return records;
  }

  @Test
  void anInputWithoutTheColumnsOrWithoutRowsFails() {
    for (List<List<String>> wrong :
        List.of(
            List.<List<String>>of(),
            List.of(clear.get(0)),
            List.of(List.of("name"), List.of(VALUE)))) {
      assertThatThrownBy(() -> Enforcement.require(wrong, wrong, Map.of(Story.FRAUD, wrong)))
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("The input has n");
    }
  }

  @Test
  void aRefusalForAnotherReasonIsNone() {
    assertThatCode(
            () ->
                Enforcement.requireRefusal(
                    "bulla: x: The package cannot be opened: altered or damaged"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Enforcement.requireRefusal("bulla: There is no file x"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("There is no file x");
  }

  /** The header and ten rows. */
  private static List<List<String>> file(BiFunction<Column, Integer, String> value) {
    var records = new ArrayList<List<String>>();
    records.add(Story.COLUMNS.stream().map(Column::column).toList());
    for (int number = 1; number <= 10; number++) {
      int row = number;
      records.add(Story.COLUMNS.stream().map(column -> value.apply(column, row)).toList());
    }
    return records;
  }
}
