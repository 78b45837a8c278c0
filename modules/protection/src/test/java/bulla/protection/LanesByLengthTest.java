package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LanesByLengthTest {
  private static final byte[] SYMBOLS = new byte[LanesByLength.LENGTH];

  static {
    Arrays.fill(SYMBOLS, (byte) 7);
  }

  private static void add(LanesByLength lanes, int symbols) {
    lanes.of(symbols).add(0, "7", SYMBOLS);
  }

  @Test
  void eachNumberOfSymbolsWaitsOnItsOwn() {
    var lanes = new LanesByLength();
    add(lanes, 5);
    add(lanes, LanesByLength.LENGTH);
    for (int i = 1; i < SymbolCipher.LANES; i++) {
      assertThat(lanes.of(5).isFull()).isFalse();
      add(lanes, 5);
    }
    assertThat(lanes.of(5).isFull()).isTrue();
    assertThat(lanes.of(5).symbols).containsOnly(7);
    assertThat(lanes.used()).isEqualTo(2);
    assertThat(lanes.used(0)).isSameAs(lanes.of(5));
    assertThat(lanes.used(1)).isSameAs(lanes.of(LanesByLength.LENGTH));
    assertThat(lanes.used(1).count).isEqualTo(1);
  }

  @Test
  void whatWasUsedIsWipedAndCanBeUsedAgain() {
    var lanes = new LanesByLength();
    for (int run = 0; run < 2; run++) {
      add(lanes, 5);
      lanes.numbers[3] = 7;
      lanes.wipe();
      assertThat(lanes.used()).isZero();
      assertThat(lanes.numbers).containsOnly(0);
      assertThat(lanes.ifPresent(5).count).isZero();
      assertThat(lanes.ifPresent(5).symbols).containsOnly(0);
      assertThat(lanes.ifPresent(5).taken).containsOnlyNulls();
    }
  }

  /** Else a call with two lengths would wipe, every time, all that calls before it had between. */
  @Test
  void wipingCostsWhatWasUsedAndNothingElse() {
    var lanes = new LanesByLength();
    add(lanes, 20);
    lanes.wipe();
    lanes.ifPresent(20).symbols[0] = 1;
    add(lanes, 10);
    add(lanes, 30);
    lanes.wipe();
    assertThat(lanes.ifPresent(20).symbols[0]).isEqualTo((byte) 1);
    assertThat(lanes.ifPresent(10).symbols).containsOnly(0);
    assertThat(lanes.ifPresent(30).symbols).containsOnly(0);
  }
}
