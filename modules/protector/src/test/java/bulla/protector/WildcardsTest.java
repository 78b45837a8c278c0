package bulla.protector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WildcardsTest {
  /** One has two halves. */
  private static final String[] SYMBOLS = {"a", "b", "*", "?", "\n", "\ud83d\ude00"};

  private final Random random = new Random(31);

  @Test
  void itIsWhatAnExpressionIs() {
    int fitting = 0;
    for (int i = 0; i < 50_000; i++) {
      String pattern = text();
      String name = text();
      boolean fits = expression(pattern).matcher(name).matches();
      assertThat(Wildcards.matches(pattern, name)).as(pattern + " and " + name).isEqualTo(fits);
      fitting += fits ? 1 : 0;
    }
    assertThat(fitting).isGreaterThan(1_000);
  }

  private String text() {
    var text = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append(SYMBOLS[random.nextInt(SYMBOLS.length)]);
    }
    return text.toString();
  }

  private static Pattern expression(String pattern) {
    var expression = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            c ->
                expression.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  /** An expression would take longer than anybody lives, or more stack than there is. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noPatternTakesLong() {
    String name = "/opt/company/jobs/lib/batch-job-1.2.3.jar".repeat(20);
    assertThat(Wildcards.matches("*?".repeat(31) + "#", name)).isFalse();
    assertThat(Wildcards.matches("*".repeat(8192), name)).isTrue();
    assertThat(Wildcards.matches("*a".repeat(4096), "a".repeat(4095))).isFalse();
  }
}
