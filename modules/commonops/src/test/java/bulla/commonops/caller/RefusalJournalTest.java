package bulla.commonops.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalJournalTest {
  private final Caller caller = new Caller();
  private final SetClock clock = new SetClock();
  private final List<AuditEvent> events = new ArrayList<>();
  private final RefusalJournal journal =
      new RefusalJournal(new ListedEvents(events), caller, clock);

  @Test
  void tenRefusalsOfAStrangerAMinuteGetAnEntryAndTheOthersAreCounted() {
    from("192.0.2.1");
    refuse(25);
    assertThat(events).hasSize(10);
    clock.pass(60);
    refuse(1);
    assertThat(events).hasSize(12);
    assertThat(events.get(10).detail()).isEqualTo("15 more refusals from this address");
    assertThat(events.get(10).address()).isEqualTo("192.0.2.1");
    assertThat(events.get(11).objectId()).isEqualTo("/x");
  }

  @Test
  void anotherAddressHasEntriesOfItsOwn() {
    from("192.0.2.1");
    refuse(11);
    from("192.0.2.2");
    refuse(1);
    assertThat(events).hasSize(11);
  }

  @Test
  void whatWasCountedIsToldByTheNextMinuteOfAnyAddress() {
    from("192.0.2.1");
    refuse(12);
    from("192.0.2.2");
    clock.pass(61);
    refuse(1);
    assertThat(events.get(10).detail()).startsWith("2 more");
    assertThat(events.get(10).address()).isEqualTo("192.0.2.1");
  }

  @Test
  void whatWasCountedIsToldAtTheEnd() {
    refuse(11);
    journal.tellAll();
    assertThat(events).hasSize(11);
    assertThat(events.get(10).detail()).startsWith("1 more");
  }

  @Test
  void aClockThatIsSetBackEndsTheMinute() {
    refuse(10);
    clock.pass(-3600);
    refuse(1);
    assertThat(events).hasSize(11);
  }

  @Test
  void theMissingPermissionOfAKnownCallerIsAlwaysRecorded() {
    caller.identified("alpha");
    for (int i = 0; i < 30; i++) {
      journal.refusedCall("GET", "/x", 403);
    }
    assertThat(events).hasSize(30).allMatch(event -> event.actor().equals("alpha"));
  }

  @Test
  void aRefusedLoginNamesWhomItTriedAndNotTheOwnerOfAnotherCredential() {
    caller.identified("alpha");
    journal.refused("LOGIN", "users", "beta", "wrong name or password");
    assertThat(caller.isRefusalRecorded()).isTrue();
    assertThat(events).singleElement().extracting(AuditEvent::actor).isEqualTo("anonymous");
    assertThat(events).singleElement().extracting(AuditEvent::objectId).isEqualTo("beta");
  }

  @Test
  void aJournalThatFailsDoesNotChangeTheAnswer() {
    var failing = new RefusalJournal(new ListedEvents(List.of()), caller, clock);
    assertThatCode(() -> failing.refusedCall("GET", "/x", 401)).doesNotThrowAnyException();
  }

  @Test
  void asManySourcesAreKeptAsThereIsRoomFor() {
    var limit = new RefusalLimit(1, 2, clock);
    limit.refused("a");
    limit.refused("a");
    limit.refused("b");
    assertThat(limit.refused("a").uncounted()).isEmpty();
    assertThat(limit.refused("c").uncounted()).containsExactly(new RefusalLimit.LeftOut("a", 2));
    assertThat(limit.refused("b").entry()).isFalse();
  }

  private void from(String address) {
    caller.arrived(address, "c");
  }

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      journal.refusedCall("GET", "/x", 401);
    }
  }

  /** Fails where the list cannot be changed. */
  private record ListedEvents(List<AuditEvent> events) implements AuditJournal {
    @Override
    public void recordChange(AuditEvent event, ObjectStates states) {
      events.add(event);
    }

    @Override
    public void recordRefusal(AuditEvent event) {
      events.add(event);
    }
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH.plusSeconds(1_000_000);

    void pass(long seconds) {
      now = now.plusSeconds(seconds);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
