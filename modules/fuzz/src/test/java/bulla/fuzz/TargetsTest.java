package bulla.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.ProtectionMethod;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each target for a moment, without Jazzer, on inputs that are the same every time. */
class TargetsTest {
  private static final int TRIES = Integer.getInteger("bulla.fuzz.tries", 50);

  static Set<String> names() {
    return Targets.byName().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsFoundInAMoment(String name) throws IOException {
    FuzzTarget target = Targets.byName().get(name);
    var random = new Random(name.hashCode());
    target.run(new byte[0]);
    for (byte[] seed : Seeds.of(name)) {
      target.run(seed);
    }
    for (int i = 0; i < TRIES; i++) {
      target.run(input(random, i));
    }
  }

  private static byte[] input(Random random, int number) {
    byte[] iv = bytes(random, random.nextInt(3));
    boolean wide = random.nextBoolean();
    byte[] value = bytes(random, random.nextInt(40));
    if (number % 2 == 0) {
      value = Seeds.text(Seeds.VALUES.get(random.nextInt(Seeds.VALUES.size())), wide);
      if (random.nextBoolean()) {
        value[random.nextInt(value.length)] = (byte) random.nextInt(128);
      }
    }
    return Seeds.input(random.nextInt(256), iv, wide, value);
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void everyTypeOfDataElementHasATarget() {
    Set<String> types = new TreeSet<>();
    for (Class<?> type : ProtectionMethod.class.getPermittedSubclasses()) {
      String name = type.getSimpleName();
      types.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
    }
    assertThat(types).hasSizeGreaterThan(30);
    assertThat(names()).containsAll(types);
  }
}
