package bulla.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.EventFilter;
import bulla.commonops.problem.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueryTest {
  @Test
  void withoutParametersEverythingIsWanted() {
    assertThat(EventQuery.filter(null, null, null, null, null, null)).isEqualTo(EventFilter.ALL);
  }

  @Test
  void everyParameterIsRead() {
    assertThat(
            EventQuery.filter(
                "2026-01-31T12:00:00Z",
                "2026-02-01T00:00:00Z",
                "olga",
                "CREATE",
                "roles/a/b",
                null))
        .isEqualTo(
            new EventFilter(
                Instant.parse("2026-01-31T12:00:00Z"),
                Instant.parse("2026-02-01T00:00:00Z"),
                "olga",
                "CREATE",
                "roles",
                "a/b",
                null));
  }

  @Test
  void anObjectMayBeAKindAlone() {
    assertThat(EventQuery.filter(null, null, null, null, "roles", null))
        .isEqualTo(new EventFilter(null, null, null, null, "roles", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "1969-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void aTimeThatTheJournalCannotHoldIsRefused(String time) {
    assertThatThrownBy(() -> EventQuery.filter(time, null, null, null, null, null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("from must be a time");
    assertThatThrownBy(() -> EventQuery.filter(null, time, null, null, null, null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("to must be a time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "roles/", "/7"})
  void anObjectWithAnEmptyPartIsRefused(String object) {
    assertThatThrownBy(() -> EventQuery.filter(null, null, null, null, object, null))
        .isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "x", "1.5", "9999999999999999999"})
  void aPageThatBeginsBeforeNoIdIsRefused(String before) {
    assertThat(EventQuery.filter(null, null, null, null, null, "17").before()).isEqualTo(17);
    assertThatThrownBy(() -> EventQuery.filter(null, null, null, null, null, before))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("before");
  }

  @Test
  void aTextLongerThanTheJournalKeepsIsRefused() {
    assertThat(EventQuery.filter(null, null, "u".repeat(256), null, null, null).actor())
        .hasSize(256);
    assertThatThrownBy(() -> EventQuery.filter(null, null, "u".repeat(257), null, null, null))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> EventQuery.filter(null, null, null, "a".repeat(129), null, null))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> EventQuery.filter(null, null, null, null, "o".repeat(65), null))
        .isInstanceOf(Problem.class);
  }
}
