package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScratchTest {
  private static final List<Protection> ELEMENTS =
      List.of(
          protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, null)),
          protection(new NumericToken(Tokenizer.SLT_1_3, 1, 2, false, null)),
          protection(new FpeNumeric(null, null, null, null, null)),
          protection(new FpeNumeric(null, null, null, 2, 1)),
          protection(new EmailToken(null, true, AllowShort.YES)));

  private static void isWiped() {
    Scratch scratch = Scratch.own();
    assertThat(scratch.characters).containsOnly('\0');
    assertThat(scratch.symbols).containsOnly(0);
    assertThat(scratch.numerals).containsOnly(0);
  }

  @Test
  void nothingOfAValueStaysInTheWorkingArrays() {
    for (Protection element : ELEMENTS) {
      String clear = "9".repeat(200) + "1234567890-/.98765@b";
      if (element.method() instanceof EmailToken) {
        clear = "9".repeat(60) + "@b";
      }
      String token = element.protect(clear, NO_IV);
      isWiped();
      assertThat(element.unprotect(token, NO_IV)).isEqualTo(clear);
      isWiped();
    }
  }

  @Test
  void neitherDoesItWhenAValueIsRefused() {
    for (Protection element : ELEMENTS.subList(2, 4)) {
      assertThatThrownBy(() -> element.protect("1234" + "x".repeat(200), NO_IV))
          .isInstanceOf(ProtectionException.class);
      isWiped();
    }
    assertThatThrownBy(() -> ELEMENTS.get(0).protect("12" + "x".repeat(200), NO_IV))
        .isInstanceOf(ProtectionException.class);
    isWiped();
    assertThatThrownBy(() -> ELEMENTS.get(1).unprotect("x".repeat(200) + "12345678901234", NO_IV))
        .isInstanceOf(ProtectionException.class);
    isWiped();
  }

  /** Delimiters take no part, so a value that has room and one that has not have one token. */
  @Test
  void longerValuesBecomeTheSameAsThoseThatHaveRoom() {
    for (Protection element : List.of(ELEMENTS.get(0), ELEMENTS.get(2))) {
      String token = element.protect("123456789", NO_IV);
      for (int length = Scratch.LENGTH - 1; length <= Scratch.LENGTH + 2; length++) {
        String delimiters = "-".repeat(length - 9);
        String longer = element.protect("123456789" + delimiters, NO_IV);
        assertThat(longer).isEqualTo(token + delimiters);
        assertThat(element.unprotect(longer, NO_IV)).isEqualTo("123456789" + delimiters);
      }
    }
  }

  @Test
  void eachThreadHasItsOwn() throws Exception {
    Scratch[] other = new Scratch[1];
    var thread = new Thread(() -> other[0] = Scratch.own());
    thread.start();
    thread.join();
    assertThat(other[0]).isNotSameAs(Scratch.own());
    assertThat(Scratch.own()).isSameAs(Scratch.own());
    int[] offsets = Scratch.own().offsets(4096);
    assertThat(offsets).hasSize(4096);
    assertThat(Scratch.own().offsets(10)).isSameAs(offsets);
    assertThat(Scratch.own().offsets(4097)).hasSize(4097).isNotSameAs(offsets);
    assertThat(Scratch.own().offsets(4096)).isSameAs(offsets);
  }
}
