package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BlockPartsTest {
  /** One of those that blocks of so many symbols are made of. */
  private static int radix(int block, int any) {
    return block > 3 ? 2 + any % 9 : 2 + any % 255;
  }

  private static void isTakenApart(BlockParts parts, int radix, int block, int number) {
    var symbols = new int[block];
    int rest = number;
    for (int i = block - 1; i >= 0; i--) {
      symbols[i] = rest % radix;
      rest /= radix;
    }
    int taken = parts.of(number);
    assertThat(BlockParts.first(taken)).isEqualTo(symbols[0]);
    if (block > 1) {
      assertThat(BlockParts.last(taken)).isEqualTo(symbols[block - 1]);
    }
    int between = 0;
    for (int i = 1; i < block - 1; i++) {
      between = between * radix + symbols[i];
    }
    assertThat(BlockParts.between(taken)).isEqualTo(between);
    assertThat(parts.number(taken)).isEqualTo(number);
  }

  @Property(tries = 200)
  void aBlockHasTheSymbolsOfItsNumber(
      @ForAll @IntRange(min = 1, max = 6) int block,
      @ForAll @IntRange(max = 1000) int any,
      @ForAll @IntRange int anyNumber) {
    int radix = radix(block, any);
    var parts = new BlockParts(radix, block);
    assertThat(parts.size()).isEqualTo((int) Math.pow(radix, block));
    isTakenApart(parts, radix, block, Math.floorMod(anyNumber, parts.size()));
    isTakenApart(parts, radix, block, parts.size() - 1);
  }

  /** Where dividing by multiplying would be wrong first. */
  @Example
  void theLargestBlocksAreExact() {
    for (int radix : new int[] {191, 255, 256}) {
      var parts = new BlockParts(radix, 3);
      for (int number = parts.size() - 70_000; number < parts.size(); number++) {
        isTakenApart(parts, radix, 3, number);
      }
    }
  }

  @Property(tries = 500)
  void theDifferenceIsThatOfTheNumbers(
      @ForAll @IntRange(min = 1, max = 6) int block,
      @ForAll @IntRange(max = 1000) int any,
      @ForAll @IntRange int one,
      @ForAll @IntRange int other) {
    var parts = new BlockParts(radix(block, any), block);
    int from = Math.floorMod(one, parts.size());
    int subtracted = Math.floorMod(other, parts.size());
    int difference = parts.difference(parts.of(from), parts.of(subtracted));
    assertThat(difference).isEqualTo(parts.of(Math.floorMod(from - subtracted, parts.size())));
  }

  @Property(tries = 200)
  void aStepTakesOneSymbolAndLeavesAnother(
      @ForAll @IntRange(min = 2, max = 6) int block,
      @ForAll @IntRange(max = 1000) int any,
      @ForAll @IntRange int anyNumber,
      @ForAll @IntRange(max = 1000) int anySymbol) {
    int radix = radix(block, any);
    int symbol = anySymbol % radix;
    var parts = new BlockParts(radix, block);
    int number = Math.floorMod(anyNumber, parts.size());
    int high = parts.size() / radix;
    assertThat(parts.next(parts.of(number), symbol)).isEqualTo(number % high * radix + symbol);
    assertThat(parts.previous(parts.of(number), symbol)).isEqualTo(symbol * high + number / radix);
  }

  /** Code points alone, of which there are more than a step of several symbols has room for. */
  @Example
  void aBlockOfOneSymbolIsItsNumber() {
    var parts = new BlockParts(100_000, 1);
    for (int number : new int[] {0, 255, 256, 65_536, 99_999}) {
      assertThat(parts.of(number)).isEqualTo(number);
      assertThat(parts.number(number)).isEqualTo(number);
    }
  }
}
