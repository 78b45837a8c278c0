package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WaitingValuesTest {
  private static final byte[] SYMBOLS = new byte[TokenLanes.LENGTH];

  static {
    Arrays.fill(SYMBOLS, (byte) 7);
  }

  private static void add(WaitingValues waiting, int symbols) {
    waiting.of(symbols).add(0, "7", SYMBOLS);
  }

  @Test
  void eachNumberOfSymbolsWaitsOnItsOwn() {
    var waiting = new WaitingValues();
    add(waiting, 5);
    add(waiting, TokenLanes.LENGTH);
    for (int i = 1; i < TokenLanes.LANES; i++) {
      assertThat(waiting.of(5).isFull()).isFalse();
      add(waiting, 5);
    }
    assertThat(waiting.of(5).isFull()).isTrue();
    assertThat(waiting.of(5).symbols).containsOnly(7);
    assertThat(waiting.used()).isEqualTo(2);
    assertThat(waiting.used(0)).isSameAs(waiting.of(5));
    assertThat(waiting.used(1)).isSameAs(waiting.of(TokenLanes.LENGTH));
    assertThat(waiting.used(1).count).isEqualTo(1);
  }

  @Test
  void whatWasUsedIsWipedAndCanBeUsedAgain() {
    var waiting = new WaitingValues();
    for (int run = 0; run < 2; run++) {
      add(waiting, 5);
      waiting.wipe();
      assertThat(waiting.used()).isZero();
      assertThat(waiting.ifPresent(5).count).isZero();
      assertThat(waiting.ifPresent(5).symbols).containsOnly(0);
      assertThat(waiting.ifPresent(5).taken).containsOnlyNulls();
    }
  }

  /** Else a call with two lengths would wipe, every time, all that calls before it had between. */
  @Test
  void wipingCostsWhatWasUsedAndNothingElse() {
    var waiting = new WaitingValues();
    add(waiting, 20);
    waiting.wipe();
    waiting.ifPresent(20).symbols[0] = 1;
    add(waiting, 10);
    add(waiting, 30);
    waiting.wipe();
    assertThat(waiting.ifPresent(20).symbols[0]).isEqualTo((byte) 1);
    assertThat(waiting.ifPresent(10).symbols).containsOnly(0);
    assertThat(waiting.ifPresent(30).symbols).containsOnly(0);
  }
}
