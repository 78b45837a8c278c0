package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.protection.CodePoints;
import bulla.protection.DateToken;
import bulla.protection.Mask;
import bulla.protection.NumericToken;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.MethodJson;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  private static final JsonMapper WRITER = PayloadJson.mapper();

  @Test
  void whatTheWriterWritesIsReadAsItWas() throws IOException {
    readAsItWas(new PolicyMask("1", "ENDS \"é\"\n", new Mask(2, 3, true, "*")));
    readAsItWas(new Application("1", "batch", "com.example.*", "svc-?"));
    readAsItWas(new PolicyAlphabet("7", "Latin", CodePoints.parse("0041-005A,00DF")));
  }

  /** As Jackson reads it, which wrote it, and which reads the bodies of the REST API. */
  @Test
  void everyMethodIsReadAsItWas() throws IOException {
    for (var type : MethodJson.types().entrySet()) {
      // The one member without a default.
      String defaults = type.getKey().equals("unicodeGen2Token") ? "{\"alphabetUid\":\"1\"}" : "{}";
      var record = (Record) WRITER.readValue(defaults, type.getValue());
      assertThat(read(defaults, record.getClass())).isEqualTo(record);
      String written =
          WRITER.readTree(WRITER.writeValueAsBytes(record)).get(type.getKey()).toString();
      assertThat(read(written, record.getClass())).as(written).isEqualTo(record);
    }
  }

  private static void readAsItWas(Record record) throws IOException {
    byte[] json = WRITER.writeValueAsBytes(record);
    Record read = RecordReader.read(new JsonCursor(ByteBuffer.wrap(json)), record.getClass());
    assertThat(WRITER.writeValueAsString(read)).isEqualTo(WRITER.writeValueAsString(record));
  }

  @Test
  void theLongestAlphabetIsRead() throws IOException {
    var ranges = new StringBuilder();
    for (int point = 0x20; point < 0xD800; point += 2) {
      ranges.append("%04X,".formatted(point));
    }
    for (int point = 0xE000; point < 0x30000; point += 2) {
      ranges.append("%04X,".formatted(point));
    }
    ranges.setLength(ranges.length() - 1);
    var alphabet = new PolicyAlphabet("1", "every other", CodePoints.parse(ranges.toString()));
    assertThat(alphabet.symbols().size()).isGreaterThan(95_000);
    readAsItWas(alphabet);
  }

  @Test
  void absentMembersTakeTheirDefaults() throws IOException {
    assertThat(read("{}", NumericToken.class))
        .isEqualTo(new NumericToken(null, null, null, null, null));
    assertThat(read("{\"fromRight\":2,\"fromLeft\":1}", NumericToken.class))
        .isEqualTo(new NumericToken(null, 1, 2, null, null));
  }

  /** Else a mask that has lost its {@code masked} would show what it was to hide. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fromLeft\":0,\"fromRight\":4,\"character\":\"*\"}",
        "{\"fromLeft\":0,\"masked\":true,\"character\":\"*\"}",
        "{\"fromRight\":4,\"masked\":true,\"character\":\"*\"}"
      })
  void aMaskWithoutOneOfItsMembersIsRefused(String json) {
    assertThatThrownBy(() -> read(json, Mask.class)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fromleft\":1}",
        "{\"fromLeft\":1,\"fromLeft\":1}",
        "{\"fromLeft\":1,\"\\u0066romLeft\":1}",
        "{\"fromLeft\":null}",
        "{\"fromLeft\":\"1\"}",
        "{\"fromLeft\":1.0}",
        "{\"fromLeft\":2147483648}",
        "{\"fromLeft\":-1}",
        "{\"lengthPreserving\":1}",
        "{\"lengthPreserving\":\"true\"}",
        "{\"tokenizer\":\"slt_2_3\"}",
        "{\"tokenizer\":0}",
        "{\"tokenizer\":{}}",
        "[]",
        "\"\""
      })
  void anythingElseIsRefused(String json) {
    assertThatThrownBy(() -> read(json, NumericToken.class))
        .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
  }

  @Test
  void whatTheRecordRefusesIsRefused() {
    assertThatThrownBy(() -> read("{\"format\":\"no format\"}", DateToken.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("{\"name\":\"a\"}", PolicyMask.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static <T extends Record> T read(String json, Class<T> type) throws IOException {
    return RecordReader.read(
        new JsonCursor(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8))), type);
  }
}
