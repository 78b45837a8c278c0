package bulla.commonops.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import bulla.audit.Outcome;
import bulla.commonops.caller.Caller;
import bulla.commonops.http.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeJournalTest {
  private record View(String name, List<String> roles) {}

  private static final View ONE = new View("one", List.of("a"));
  private static final String ONE_JSON = "{\"name\":\"one\",\"roles\":[\"a\"]}";
  private static final View TWO = new View("two", null);
  private static final String TWO_JSON = "{\"name\":\"two\",\"roles\":null}";

  private final List<AuditEvent> events = new ArrayList<>();
  private final List<ObjectStates> states = new ArrayList<>();
  private final Caller caller = new Caller();
  private final ChangeJournal journal =
      new ChangeJournal(
          new AuditJournal() {
            @Override
            public void recordChange(AuditEvent event, ObjectStates change) {
              events.add(event);
              states.add(change);
            }

            @Override
            public void recordRefusal(AuditEvent event) {
              throw new AssertionError("No refusal was to be recorded");
            }
          },
          caller,
          new StrictJson(List.of()));

  @Test
  void theStatesAreThoseThatTheApiShows() {
    journal.changed(Change.created("CREATE", "things", "1", ONE));
    journal.changed(Change.updated("UPDATE", "things", "1", ONE, TWO));
    journal.changed(Change.deleted("DELETE", "things", "1", TWO));
    journal.changed(Change.withoutState("LOGOUT", "sessions", "7"));
    assertThat(states)
        .containsExactly(
            new ObjectStates(null, ONE_JSON),
            new ObjectStates(ONE_JSON, TWO_JSON),
            new ObjectStates(TWO_JSON, null),
            ObjectStates.NONE);
  }

  @Test
  void theEntrySaysWhoDidWhatToWhich() {
    caller.arrived("192.0.2.1", "c-1");
    caller.identified("olga");
    journal.changed(Change.created("CREATE", "things", "1", ONE).telling("one"));
    assertThat(events)
        .containsExactly(
            new AuditEvent(
                "olga", "192.0.2.1", "CREATE", "things", "1", Outcome.SUCCESS, "one", "c-1"));
    assertThat(states).containsExactly(new ObjectStates(null, ONE_JSON));
  }

  @Test
  void aLongDetailGoesOnInFurtherEntriesAndNothingOfItIsLost() {
    String detail =
        "\ud83d\ude00".repeat(2000)
            + IntStream.range(0, 900).mapToObj(String::valueOf).collect(Collectors.joining(","));
    journal.changed(Change.created("UPDATE", "groups", "g", ONE).telling(detail));
    assertThat(events)
        .hasSizeGreaterThan(6)
        .allSatisfy(event -> assertThat(event.detail().length()).isLessThanOrEqualTo(1024));
    assertThat(states).containsOnly(new ObjectStates(null, ONE_JSON));
    assertThat(
            events.stream()
                .map(AuditEvent::detail)
                .collect(Collectors.joining())
                .replace("\u2026", ""))
        .isEqualTo(detail);
    events.clear();
    journal.changed(Change.withoutState("UPDATE", "groups", "g").telling("x".repeat(1024)));
    assertThat(events).hasSize(1);
  }

  @Test
  void nobodyForgetsAStateByPassingNone() {
    assertThatThrownBy(() -> Change.created("CREATE", "things", "1", null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Change.updated("UPDATE", "things", "1", null, ONE))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Change.updated("UPDATE", "things", "1", ONE, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Change.deleted("DELETE", "things", "1", null))
        .isInstanceOf(NullPointerException.class);
  }
}
