package bulla.protector.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fuzz target, briefly; {@code -Dbulla.fuzz.inputs} makes more of them. */
class LayoutFuzzTest {
  private static final int INPUTS = Integer.getInteger("bulla.fuzz.inputs", 400);
  private static final String PARTS = "a,b\"\n\r\t {}[]:\\u00e4\u00e4\uFEFF1.50e";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n1,\"two\nlines\"\r\n,\r\n",
        "{\"a\":\"x\",\"b\":[1.50,null,{\"c\":\"\\u00e4\"}]}\n{}\n\n",
        "ab cde\nxy 123 more\n",
        "ab cde\nxy 123 more\r\r\n",
        "ab cde\r\nxy 123 more\n"
      })
  void whatIsTakenIsWrittenAsItWasRead(String seed) {
    var random = new Random(7);
    for (int i = 0; i < INPUTS; i++) {
      var text = new StringBuilder(seed);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.insert(at, PARTS.charAt(random.nextInt(PARTS.length())));
        } else {
          text.deleteCharAt(at);
        }
      }
      byte[] input = text.toString().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(10) == 0) {
        input[random.nextInt(input.length)] = (byte) 0xff;
      }
      assertThatCode(() -> LayoutFuzz.fuzzerTestOneInput(input))
          .as("input %d: %s", i, text)
          .doesNotThrowAnyException();
    }
  }
}
