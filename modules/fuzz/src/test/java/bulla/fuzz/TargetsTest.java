package bulla.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.ProtectionMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each target for a moment, without Jazzer, on inputs that are the same every time. */
class TargetsTest {
  private static final int TRIES = Integer.getInteger("bulla.fuzz.tries", 300);

  /** Whole values of several types, so that not all inputs are refused at once. */
  private static final List<String> SEEDS =
      List.of(
          "0123456789",
          "4111111111111111",
          "Jane-Doe 42",
          "ANNA.SCHMIDT",
          "anna.schmidt@example.org",
          "2012-02-29",
          "29/02/2012",
          "2012-02-29T12:34:56.789",
          "-12.50",
          "-2147483648",
          "\u4E2D\u6587 \uD840\uDC00");

  static Set<String> names() {
    return Targets.byName().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsFoundInAMoment(String name) {
    FuzzTarget target = Targets.byName().get(name);
    var random = new Random(name.hashCode());
    target.run(new byte[0]);
    for (int i = 0; i < TRIES; i++) {
      target.run(input(random, i));
    }
  }

  /** Which element, the length of the IV, the IV, the width of a character, the value. */
  private static byte[] input(Random random, int number) {
    byte[] iv = bytes(random, random.nextInt(3));
    boolean wide = random.nextBoolean();
    byte[] value = bytes(random, random.nextInt(40));
    if (number % 2 == 0) {
      String seed = SEEDS.get(random.nextInt(SEEDS.size()));
      value = seed.getBytes(wide ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
      if (random.nextBoolean()) {
        value[random.nextInt(value.length)] = (byte) random.nextInt(128);
      }
    }
    var input = new byte[3 + iv.length + value.length];
    input[0] = (byte) random.nextInt();
    input[1] = (byte) iv.length;
    System.arraycopy(iv, 0, input, 2, iv.length);
    input[2 + iv.length] = (byte) (wide ? 1 : 0);
    System.arraycopy(value, 0, input, 3 + iv.length, value.length);
    return input;
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void everyTokenizerHasATarget() {
    Set<String> tokens = new TreeSet<>();
    for (Class<?> type : ProtectionMethod.class.getPermittedSubclasses()) {
      String name = type.getSimpleName();
      if (name.endsWith("Token")) {
        tokens.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      }
    }
    assertThat(tokens).hasSizeGreaterThan(14);
    assertThat(names()).containsAll(tokens);
  }
}
