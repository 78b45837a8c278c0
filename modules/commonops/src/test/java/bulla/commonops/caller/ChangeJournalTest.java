package bulla.commonops.caller;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeJournalTest {
  private final List<AuditEvent> events = new ArrayList<>();
  private final ChangeJournal journal =
      new ChangeJournal(
          new AuditJournal() {
            @Override
            public void recordChange(AuditEvent event) {
              events.add(event);
            }

            @Override
            public void recordRefusal(AuditEvent event) {
              throw new AssertionError(event);
            }
          },
          new Caller());

  @Test
  void aShortDetailIsOneEntry() {
    journal.changed("UPDATE", "roles", "r", "x".repeat(1022));
    journal.changed("UPDATE", "roles", "r");
    assertThat(events).hasSize(2);
    assertThat(events.get(0).detail()).hasSize(1022);
    assertThat(events.get(1).detail()).isNull();
  }

  @Test
  void aLongDetailGoesOnInFurtherEntriesAndNothingOfItIsLost() {
    String detail =
        "\ud83d\ude00".repeat(2000)
            + IntStream.range(0, 900).boxed().map(String::valueOf).collect(Collectors.joining(","));
    journal.changed("UPDATE", "groups", "g", detail);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.action()).isEqualTo("UPDATE");
              assertThat(event.objectId()).isEqualTo("g");
              assertThat(event.detail().length()).isLessThanOrEqualTo(1024);
            });
    assertThat(
            events.stream()
                .map(AuditEvent::detail)
                .collect(Collectors.joining())
                .replace("\u2026", ""))
        .isEqualTo(detail);
  }
}
