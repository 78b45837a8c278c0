package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScratchTest {
  private final List<Protection> elements =
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
    assertThat(scratch.number.isZero()).isTrue();
    for (int symbols = 1; symbols <= TokenLanes.LENGTH; symbols++) {
      WaitingValues.OfLength waiting = scratch.waiting().ifPresent(symbols);
      if (waiting != null) {
        assertThat(waiting.count).isZero();
        assertThat(waiting.symbols).containsOnly(0);
        assertThat(waiting.taken).containsOnlyNulls();
      }
    }
    assertThat(scratch.waiting().used()).isZero();
    for (int[] row : scratch.lanes().symbols) {
      assertThat(row).containsOnly(0);
    }
    assertThat(scratch.lanes().numbers).containsOnly(0);
    assertThat(scratch.lanes().images).containsOnly(0);
    Ff1Lanes ofFf1 = Ff1Lanes.own();
    assertThat(ofFf1.count()).isZero();
    assertThat(ofFf1.texts).containsOnly('\0');
    assertThat(ofFf1.left).containsOnly(0);
    assertThat(ofFf1.right).containsOnly(0);
    assertThat(ofFf1.numbers).containsOnly(0);
    assertThat(ofFf1.signs).containsOnly(0);
    assertThat(ofFf1.in).containsOnly(0);
    assertThat(ofFf1.out).containsOnly(0);
    assertThat(ofFf1.characters).containsOnly(0);
  }

  private static void isWiped(Ff1 ff1) {
    Ff1.Blocks blocks = ff1.ownBlocks();
    assertThat(blocks.in).containsOnly(0);
    assertThat(blocks.out).containsOnly(0);
    for (Number128 number : List.of(blocks.a, blocks.b, blocks.y)) {
      assertThat(number.high() | number.low()).isZero();
    }
  }

  @Test
  void nothingOfAValueStaysInTheWorkingArrays() {
    for (Protection element : elements) {
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

  /**
   * With decimals the number; where places are kept the IV, which no other type has a secret in.
   */
  @Test
  void norDoesAnythingOfOtherTypes() {
    List<Protection> others =
        List.of(
            protection(new DecimalToken(null, null, null)),
            protection(new DateToken(null, "YYYY-MM-DD")),
            protection(new DateTimeToken(null, true, null, null)),
            protection(new UnicodeToken(null)),
            protection(
                new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, 0, 0, false, null),
                CodePoints.parse("0041-005A,4E00-9FFF,20000-2A6DF")),
            protection(
                new UnicodeGen2Token(Tokenizer.SLT_1_3, "1", null, 0, 0, true, null),
                CodePoints.parse("0041-005A,20000-20006")),
            protection(new IntegerToken(2, null)),
            protection(new AlphaNumericToken(null, 0, 0, true, null, null, true)));
    String digits = "9".repeat(36);
    String[] clear = {
      "-" + digits.substring(1) + ".9",
      "1999-09-09",
      "1999-09-09T19:19:19.999999999",
      "\u4E2D".repeat(60),
      "Z".repeat(128),
      "Z".repeat(128),
      "-12345",
      digits + "letters"
    };
    String[] refused = {"00", "0000-00-00", "0000-00-00", "!!!", "-", "-", "+1", "-"};
    for (int i = 0; i < clear.length; i++) {
      Protection element = others.get(i);
      String token = element.protect(clear[i], NO_IV);
      isWiped();
      assertThat(element.unprotect(token, NO_IV)).isEqualTo(clear[i]);
      isWiped();
      String other = refused[i];
      assertThatThrownBy(() -> element.unprotect(other, NO_IV))
          .isInstanceOf(ProtectionException.class);
      isWiped();
    }
    assertThat(Scratch.own().iv(clear[clear.length - 1].length())).containsOnly(0);
  }

  /** They are made of the clear letters, unlike those of every other type. */
  @Test
  void norDoTheOffsetsOfDigitsThatKeepTheirPlaces() {
    var element = protection(new AlphaNumericToken(null, 0, 0, true, null, null, true));
    Arrays.fill(Scratch.own().offsets(1), 0);
    String token = element.protect("1234letters", NO_IV);
    assertThat(Scratch.own().offsets(1)).containsOnly(0);
    assertThat(element.unprotect(token, NO_IV)).isEqualTo("1234letters");
    assertThat(Scratch.own().offsets(1)).containsOnly(0);
  }

  /** Longer than the working arrays, but what is replaced of it is not. */
  @Test
  void norDoesAnythingOfALongCard() {
    var element = protection(new FpeCreditCard(null, 1, 1, false, false, null, null, null));
    String clear = "9".repeat(Scratch.LENGTH + 1);
    String token = element.protect(clear, NO_IV);
    isWiped();
    assertThat(element.unprotect(token, NO_IV)).isEqualTo(clear);
    isWiped();
  }

  @Test
  void norDoesAnythingOfManyValues() {
    var values = new String[600];
    Arrays.setAll(values, i -> "9".repeat(8 + i % 5) + (i % 7 == 0 ? "-9" : "9"));
    values[400] = null;
    values[401] = "9";
    var longest = new String[600];
    Arrays.fill(longest, "9".repeat(Ff1Lanes.MAX_LENGTH));
    longest[400] = "9";
    for (Protection element : elements.subList(0, 4)) {
      for (String[] clear : List.of(values, longest)) {
        String[] tokens = element.protectAll(clear, NO_IV).values();
        isWiped();
        element.unprotectAll(tokens, NO_IV);
        isWiped();
      }
    }
  }

  @Test
  void norDoesItInThoseOfFf1() {
    var ff1 = Ff1.of(10, Keys.KEY);
    for (int length : new int[] {16, 40, 100}) {
      for (byte[] tweak : new byte[][] {NO_IV, {1, 2, 3}}) {
        int[] clear = new int[length];
        Arrays.fill(clear, 9);
        assertThat(ff1.decrypt(ff1.encrypt(clear, tweak), tweak)).isEqualTo(clear);
        isWiped(ff1);
        ff1.encrypt(clear, tweak);
        isWiped(ff1);
        byte[] column = new byte[300 * length];
        Arrays.fill(column, (byte) 9);
        ff1.encryptAll(column, length, tweak);
        isWiped(ff1);
        isWiped();
        ff1.decryptAll(column, length, tweak);
        isWiped(ff1);
        isWiped();
        assertThat(column).containsOnly(9);
      }
    }
  }

  /** Here the results have no room, so that the call ends in its middle. */
  @Test
  void norDoesItWhereAnArrayIsNotFinished() {
    var text = new Ff1Text(Alphabet.DIGITS, 6, AllowShort.NO_GENERATE_ERROR, 0, 0, null, Keys.KEY);
    String[] clear = new String[700];
    Arrays.fill(clear, "9999999999999999");
    var room = new BulkResult<>(ReturnCode.PROTECTED, new String[300]);
    assertThatThrownBy(() -> text.protectAll(clear, NO_IV, room))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    isWiped();
  }

  /** The first call with a tweak computes what it fixes, which later ones have. */
  @Test
  void norDoesTheTweakOfTheFirstCall() {
    for (byte[] tweak : new byte[][] {NO_IV, {1, 2, 3}}) {
      var ff1 = Ff1.of(10, Keys.KEY);
      ff1.encryptAll(new byte[16], 16, tweak);
      isWiped(ff1);
      isWiped();
    }
  }

  @Test
  void norDoesAnythingOfAColumnOfSymbolsAlone() {
    byte[] column = "9".repeat(16 * 100).getBytes(StandardCharsets.US_ASCII);
    elements.get(0).protectAll(column, 16, NO_IV, column);
    isWiped();
    elements.get(0).unprotectAll(column, 16, NO_IV, column);
    isWiped();
  }

  /** Those of the longer ones are not forgotten over the shorter ones. */
  @Test
  void norDoesAnythingOfLongerValuesBeforeShorterOnes() {
    String[] tokens =
        elements
            .get(0)
            .protectAll(new String[] {"9".repeat(40), "8".repeat(40), "99999", "88888"}, NO_IV)
            .valuesOrThrow();
    isWiped();
    elements.get(0).unprotectAll(tokens, NO_IV);
    isWiped();
  }

  /** Narrow texts that go together, and wide ones that go alone. */
  @Test
  void norDoesAnythingOfAColumn() {
    for (int width : new int[] {10, 100}) {
      String good = ("9".repeat(width - 1) + "-").repeat(21);
      byte[] column = good.getBytes(StandardCharsets.US_ASCII);
      elements.get(0).protectAll(column, width, NO_IV, column);
      isWiped();
      elements.get(0).unprotectAll(column, width, NO_IV, column);
      isWiped();
      assertThat(column).asString(StandardCharsets.US_ASCII).isEqualTo(good);
      byte[] bad = (good + "99" + "-".repeat(width - 2)).getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> elements.get(0).protectAll(bad, width, NO_IV, bad))
          .isInstanceOf(ProtectionException.class);
      isWiped();
    }
  }

  @Test
  void lanesAreKeptForTheNextCall() {
    var values = new String[Scratch.LENGTH];
    Arrays.setAll(values, i -> "9".repeat(i + 3));
    String[] tokens = elements.get(0).protectAll(values, NO_IV).valuesOrThrow();
    WaitingValues.OfLength kept = Scratch.own().waiting().ifPresent(40);
    assertThat(elements.get(0).protectAll(values, NO_IV).valuesOrThrow()).isEqualTo(tokens);
    assertThat(Scratch.own().waiting().ifPresent(40)).isSameAs(kept).isNotNull();
    for (int i = 0; i < values.length; i++) {
      assertThat(tokens[i]).isEqualTo(elements.get(0).protect(values[i], NO_IV));
    }
  }

  @Test
  void neitherDoesItWhenAValueIsRefused() {
    for (Protection element : elements.subList(2, 4)) {
      assertThatThrownBy(() -> element.protect("1234" + "x".repeat(200), NO_IV))
          .isInstanceOf(ProtectionException.class);
      isWiped();
    }
    assertThatThrownBy(() -> elements.get(0).protect("12" + "x".repeat(200), NO_IV))
        .isInstanceOf(ProtectionException.class);
    isWiped();
    assertThatThrownBy(() -> elements.get(1).unprotect("x".repeat(200) + "12345678901234", NO_IV))
        .isInstanceOf(ProtectionException.class);
    isWiped();
  }

  /** Delimiters take no part, so a value that has room and one that has not have one token. */
  @Test
  void longerValuesBecomeTheSameAsThoseThatHaveRoom() {
    for (Protection element : List.of(elements.get(0), elements.get(2))) {
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
  void thoseOfALongerValueAreItsOwnAndWipedWhole() {
    for (Scratch longer : List.of(Scratch.of(Scratch.LENGTH + 1, 1), Scratch.of(1, 4096))) {
      assertThat(longer).isNotSameAs(Scratch.own());
      Arrays.fill(longer.characters, '9');
      Arrays.fill(longer.symbols, (byte) 9);
      Arrays.fill(longer.numerals, 9);
      longer.wipe(1);
      assertThat(longer.characters).containsOnly('\0');
      assertThat(longer.symbols).containsOnly(0);
      assertThat(longer.numerals).containsOnly(0);
    }
    assertThat(Scratch.of(Scratch.LENGTH, Scratch.LENGTH)).isSameAs(Scratch.own());
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
