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
import java.util.Optional;
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
    journal.tellEnded();
    assertThat(events).hasSize(10);
    clock.pass(60);
    journal.tellEnded();
    journal.tellEnded();
    assertThat(events).hasSize(11);
    assertThat(events.get(10).detail())
        .isEqualTo("15 more refusals from this address since 1970-01-12T13:46:40Z");
    assertThat(events.get(10).address()).isEqualTo("192.0.2.1");
    refuse(1);
    assertThat(events.get(11).objectId()).isEqualTo("/x");
  }

  @Test
  void refusedLoginsAreCountedApartAndNameWhomTheyTried() {
    refuse(10);
    for (int i = 0; i < 30; i++) {
      journal.refused("LOGIN", "users", "user-" + i / 2, "wrong name or password");
    }
    assertThat(events).hasSize(20);
    clock.pass(60);
    journal.tellEnded();
    assertThat(events).hasSize(21);
    assertThat(events.get(20).detail())
        .startsWith("20 more refused logins from this address since ")
        .endsWith(", among them of user-5, user-6, user-7, user-8, user-9");
  }

  @Test
  void lockedNamesHaveEntriesOfTheirOwn() {
    refuse(10);
    for (int i = 0; i < 70; i++) {
      journal.locked("users", "user-" + i, "for 900 seconds");
    }
    assertThat(events).hasSize(70);
    assertThat(events.get(10).action()).isEqualTo("LOCK");
    clock.pass(60);
    journal.tellEnded();
    assertThat(events.get(70).detail()).startsWith("10 more locks in all since ");
  }

  @Test
  void strangersWithManyAddressesDoNotFillTheJournal() {
    for (int i = 0; i < 60_000; i++) {
      from("2001:db8:0:%x::1".formatted(i));
      refuse(1);
    }
    assertThat(events).hasSize(300);
    clock.pass(60);
    journal.tellEnded();
    assertThat(events).hasSize(320);
    assertThat(events.get(319).address()).isNull();
    assertThat(events.get(319).detail())
        .startsWith("59681 more refusals from 59681 other addresses since ");
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
  void whatWasCountedIsToldAtTheEnd() {
    refuse(11);
    journal.stop();
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
    var limit = new RefusalLimit(1, 100, 2, clock);
    assertThat(refused(limit, "a")).isTrue();
    assertThat(refused(limit, "a")).isFalse();
    assertThat(refused(limit, "b")).isTrue();
    assertThat(limit.ended()).isEmpty();
    assertThat(refused(limit, "c")).isTrue();
    assertThat(limit.ended())
        .containsExactly(
            new RefusalLimit.LeftOut(Optional.of("a"), 1, 1, clock.instant(), List.of()));
    assertThat(refused(limit, "b")).isFalse();
  }

  private static boolean refused(RefusalLimit limit, String source) {
    return limit.refused(source, Optional.empty());
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
