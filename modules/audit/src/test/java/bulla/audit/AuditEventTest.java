package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditEventTest {
  @Test
  void orderlyTextsAreKeptAsTheyAre() {
    var event =
        new AuditEvent(
            "Zoë Müller 鍵",
            "2001:db8::1",
            "policy.create",
            "policy",
            "7",
            Outcome.SUCCESS,
            "tabs are not, but \"quotes\", \\ and 😀 are",
            "c0ffee");
    assertThat(event.actor()).isEqualTo("Zoë Müller 鍵");
    assertThat(event.address()).isEqualTo("2001:db8::1");
    assertThat(event.action()).isEqualTo("policy.create");
    assertThat(event.objectType()).isEqualTo("policy");
    assertThat(event.objectId()).isEqualTo("7");
    assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(event.detail()).isEqualTo("tabs are not, but \"quotes\", \\ and 😀 are");
    assertThat(event.correlationId()).isEqualTo("c0ffee");
  }

  @ParameterizedTest
  @CsvSource({
    "000A, line feed",
    "000D, carriage return",
    "0000, nul",
    "0009, tab",
    "001B, escape",
    "007F, delete",
    "0085, next line",
    "009B, control sequence introducer",
    "2028, line separator",
    "2029, paragraph separator",
    "202E, right-to-left override",
    "2066, left-to-right isolate",
    "200B, zero-width space",
    "FEFF, byte order mark",
    "D83D, high surrogate alone",
    "DE00, low surrogate alone"
  })
  void whatCouldForgeOrHideALineIsReplaced(String codePoint, String name) {
    char bad = (char) Integer.parseInt(codePoint, 16);
    assertThat(withActor("eve" + bad + "admin SUCCESS").actor())
        .as(name)
        .isEqualTo("eve\uFFFDadmin SUCCESS");
  }

  @Test
  void aTextAtItsBoundIsKeptAndALongerOneIsCutWithAMark() {
    assertThat(withActor("a".repeat(256)).actor()).isEqualTo("a".repeat(256));
    assertThat(withActor("a".repeat(257)).actor()).isEqualTo("a".repeat(255) + "…");
    assertThat(withActor("a".repeat(10_000_000)).actor()).hasSize(256);
  }

  @Test
  void aCutDoesNotSplitACharacter() {
    assertThat(withActor("a".repeat(254) + "😀😀").actor()).isEqualTo("a".repeat(254) + "…");
  }

  @Test
  void nothingAndTheEmptyTextAreBothAbsent() {
    assertThat(withActor("").actor()).isNull();
    assertThat(withActor(null).actor()).isNull();
  }

  @Test
  void anEventNeedsAnActionAndAnOutcome() {
    assertThatThrownBy(() -> new AuditEvent("a", null, "", null, null, Outcome.SUCCESS, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuditEvent("a", null, "b", null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AuditEvent withActor(String actor) {
    return new AuditEvent(actor, null, "login", null, null, Outcome.REFUSED, null, null);
  }
}
