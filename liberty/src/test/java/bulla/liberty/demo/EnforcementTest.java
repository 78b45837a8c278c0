package bulla.liberty.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.liberty.CommandFailure;
import bulla.liberty.demo.Story.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnforcementTest {
  private static final String VALUE = "1234567890";

  private final List<List<String>> clear = file((column, row) -> row == 1 ? "" : VALUE);
  private final List<List<String>> sealed = file(EnforcementTest::sealed);
  private final Map<String, List<List<String>>> seen = new HashMap<>();

  EnforcementTest() {
    seen.put(Story.FRAUD, clear);
    seen.put(
        Story.SUPPORT,
        file(
            (column, row) ->
                row == 1 ? "" : "0".equals(column.supportMask()) ? VALUE : "1234******"));
    seen.put(
        Story.ANALYST, file((column, row) -> column.tokensForAnalyst() ? sealed(column, row) : ""));
  }

  private static String sealed(Column column, int row) {
    return row == 1 ? "" : column.isProtected() ? "0987654321" : VALUE;
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
