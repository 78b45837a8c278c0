package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload is UTF-8, whatever a JSON parser could make of others. */
class PayloadEncodingTest {
  private static final String PAYLOAD = "{\"version\":1,\"coreVersion\":1}";

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void anotherEncodingIsRefused(String encoding) {
    refused(PAYLOAD.getBytes(Charset.forName(encoding)));
  }

  /** The second was found by the fuzzer: the parser guesses an encoding that Java does not have. */
  @ParameterizedTest
  @ValueSource(strings = {"efbbbf7b7d", "0000100000000000262e", "", "7b", "20"})
  void whatDoesNotBeginAsAnObjectInUtf8IsRefused(String hex) {
    refused(HexFormat.of().parseHex(hex));
  }

  private static void refused(byte[] payload) {
    assertThatThrownBy(() -> new PayloadReader(ByteBuffer.wrap(payload)).claims())
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.INVALID_CONTENT));
  }
}
