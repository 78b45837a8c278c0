package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.policy.UserNames;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
  /** A map looks for one of many with the same checksum by the order. */
  @Property(tries = 300)
  void objectsAreInAnOrderInWhichTheSameBytesAreEqual(
      @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'b') String one,
      @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'b') String other) {
    JsonCursor.Span first = cursor("{\"" + one + "\":1}").skipObject();
    JsonCursor.Span second = cursor("  {\"" + other + "\":1}").skipObject();
    assertThat(first.compareTo(second) == 0).isEqualTo(first.equals(second));
    assertThat(Integer.signum(first.compareTo(second)))
        .isEqualTo(-Integer.signum(second.compareTo(first)));
    assertThat(first.equals(second)).isEqualTo(one.equals(other));
  }

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Property(tries = 500)
  void aTextIsReadAsAParserReadsIt(@ForAll String text) throws IOException {
    byte[] json = JSON.writeValueAsBytes(text);
    assertThat(cursor(json).text()).isEqualTo(JSON.readValue(json, String.class));
  }

  @Property(tries = 200)
  void anyNumberIsRead(@ForAll long number) {
    assertThat(cursor(number + " ").number()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "01",
        "-01",
        "--1",
        "+1",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999",
        "x",
        "\"1\""
      })
  void whatIsNoWholeNumberIsRefused(String json) {
    assertThatThrownBy(() -> cursor(json).number()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\"a", "a\"", "\"\\\"", "\"\\", "1"})
  void aTextThatDoesNotEndOrBeginIsRefused(String json) {
    assertThatThrownBy(() -> cursor(json).text()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\t\"", "\"\\x\"", "\"\\u12\"", "\"\u0000\""})
  void aTextThatNoParserTakesIsRefused(String json) {
    assertThatThrownBy(() -> cursor(json).text()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JSON.readValue(json, String.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  /** Made of what texts have and must not have, so that about half of them are none. */
  @Property(tries = 5000)
  void whatAParserTakesIsTakenAndNothingElse(
      @ForAll @Size(max = 6) List<@From("parts") String> parts) throws IOException {
    String json = '"' + String.join("", parts) + '"';
    String expected;
    try {
      expected = JSON.readValue(json, String.class);
    } catch (JsonProcessingException e) {
      expected = null;
    }
    if (expected == null || !UserNames.isWellFormed(expected)) {
      assertThatThrownBy(() -> whole(json)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(whole(json)).isEqualTo(expected);
    }
  }

  @Provide
  static Arbitrary<String> parts() {
    return Arbitraries.of(
        "a",
        "\u007f",
        "é",
        "用",
        "😀",
        "/",
        "\\/",
        "\\\\",
        "\\\"",
        "\\b",
        "\\f",
        "\\n",
        "\\r",
        "\\t",
        "\\u00e9",
        "\\uD83D\\uDE00",
        "\\ud83d",
        "\\u000",
        "\\u0000",
        "\\U0041",
        "\\v",
        "\\0",
        "\\",
        "\\u00１0",
        "\\é",
        "\t",
        "\u0000",
        "\u001f");
  }

  private static String whole(String json) throws IOException {
    JsonCursor cursor = cursor(json);
    String text = cursor.text();
    cursor.requireEnd();
    return text;
  }

  @Test
  void aPlainNameIsSteppedOverWhereItStandsAndNowhereElse() throws IOException {
    JsonCursor cursor = cursor("{\"ab\":1,\"a\":2}");
    cursor.enter('{');
    assertThat(cursor.hasNext('}')).isTrue();
    assertThat(cursor.skipPlainName(JsonCursor.plainName("a"))).isFalse();
    assertThat(cursor.skipPlainName(JsonCursor.plainName("abc"))).isFalse();
    assertThat(cursor.skipPlainName(JsonCursor.plainName("ab"))).isTrue();
    assertThat(cursor.number()).isEqualTo(1);
    assertThat(cursor.hasNext('}')).isTrue();
    assertThat(cursor.name()).isEqualTo("a");
  }

  /** Else a uid could be the text of several members. */
  @ParameterizedTest
  @ValueSource(strings = {"a\":1,\"b", "\\", "é", "\n"})
  void aNameThatCanBeWrittenInSeveralWaysIsNoPlainOne(String name) {
    assertThat(cursor('"' + name + "\":1").skipPlainName(JsonCursor.plainName(name))).isFalse();
  }

  @Test
  void aPlainNameThatWouldGoOnBehindTheEndIsNotThere() {
    assertThat(cursor("\"a\"").skipPlainName("\"a\"\"".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void aNameOfPlainAsciiIsFoundWhereItStands() throws IOException {
    JsonCursor cursor = cursor("{ \"ab\" :1, \"é\":2,\"\":3,\"\\n\":4}");
    cursor.enter('{');
    assertThat(cursor.hasNext('}')).isTrue();
    assertThat(StandardCharsets.UTF_8.decode(cursor.plainNameOrNull().text()).toString())
        .isEqualTo("ab");
    assertThat(cursor.number()).isEqualTo(1);
    assertThat(cursor.hasNext('}')).isTrue();
    assertThat(cursor.plainNameOrNull()).isNull();
    assertThat(cursor.name()).isEqualTo("é");
    assertThat(cursor.number()).isEqualTo(2);
    assertThat(cursor.hasNext('}')).isTrue();
    assertThat(cursor.plainNameOrNull().text().hasRemaining()).isFalse();
    assertThat(cursor.number()).isEqualTo(3);
    assertThat(cursor.hasNext('}')).isTrue();
    assertThat(cursor.plainNameOrNull()).isNull();
    assertThat(cursor.name()).isEqualTo("\n");
  }

  @Test
  void aNameOfPlainAsciiIsNoLongerThanAnother() {
    JsonCursor cursor = cursor('"' + "x".repeat(50_001) + "\":1");
    assertThatThrownBy(cursor::plainNameOrNull).isInstanceOf(IllegalArgumentException.class);
    assertThat(cursor("\"a").plainNameOrNull()).isNull();
    assertThatThrownBy(() -> cursor("a").plainNameOrNull())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesAreReadFromTheirOneText() {
    assertThat(cursor(" \"AAEC_w\"").base64Url()).containsExactly(0, 1, 2, 255);
    assertThat(cursor("\"\"").base64Url()).isEmpty();
    for (String other :
        List.of("\"AAEC/w\"", "\"AAEC_w==\"", "\"\\u0041AEC_w\"", "\"AAEC_x\"", "1", "\"AA")) {
      assertThatThrownBy(() -> cursor(other).base64Url())
          .as(other)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** One of Latin-1, overlong ones, half a pair, beyond Unicode, cut. */
  @ParameterizedTest
  @ValueSource(strings = {"EB", "C1A1", "C080", "E08080", "F0808080", "EDA080", "F4908080", "C3"})
  void bytesThatAreNotUtf8AreRefused(String hex) {
    byte[] json = HexFormat.of().parseHex("22" + hex + "22");
    assertThatThrownBy(() -> cursor(json).text()).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "\"a\\udc00\"", "\"\\ude00\\ud83d\"", "\"\\ud800x\""})
  void halfASurrogatePairIsRefused(String json) {
    assertThatThrownBy(() -> cursor(json).text()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTextOfMoreThanFiftyThousandBytesIsRefused() throws IOException {
    String most = "x".repeat(49_998) + "\\n";
    assertThat(cursor('"' + most + '"').text()).hasSize(49_999);
    assertThatThrownBy(() -> cursor('"' + most + "x\"").text())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cursor('"' + "x".repeat(50_001) + '"').text())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tru", "True", "truex", "fals", "null", "1", "\"true\""})
  void whatIsNeitherTrueNorFalseIsRefused(String json) {
    assertThatThrownBy(
            () -> {
              JsonCursor cursor = cursor(json);
              cursor.truth();
              cursor.requireEnd();
            })
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void membersAndElementsAreWalkedThroughWhiteSpace() throws IOException {
    assertThat(walked(" {\"a\" :\t[ 1 ,2\r\n] , \"b\":[ ],\"\\u0063\":[3] } "))
        .containsExactly("a", "1", "2", "b", "c", "3");
    assertThat(walked("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{,}",
        "{\"a\":[1],}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\" [1]}",
        "{\"a\":[1]\"b\":[2]}",
        "{\"a\":[1}",
        "{a:[1]}",
        "{\"a\":[1]}}",
        "{\"a\":[1.0]}",
        "{\"a\":[1e1]}"
      })
  void whatIsNotInTheFormOfJsonIsRefused(String json) {
    assertThatThrownBy(() -> walked(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"a\":{\"b\":[{}]}}", "{\"}\":\"{\"}", "{\"\\\"}\":1}", "{\"\\\\\":{}}"})
  void anObjectIsSteppedOverToItsEnd(String json) {
    JsonCursor cursor = cursor(" " + json + json + " [");
    JsonCursor.Span first = cursor.skipObject();
    JsonCursor.Span second = cursor.skipObject();
    cursor.enter('[');
    cursor.moveTo(second);
    assertThat(cursor.skipObject()).isEqualTo(first).hasSameHashCodeAs(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"}", "{\"a\":{}", "{\"\\"})
  void anObjectThatDoesNotEndIsRefused(String json) {
    assertThatThrownBy(() -> cursor(json).skipObject())
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The names and numbers of an object of arrays of numbers. */
  private static List<String> walked(String json) throws IOException {
    List<String> found = new ArrayList<>();
    JsonCursor cursor = cursor(json);
    cursor.enter('{');
    while (cursor.hasNext('}')) {
      found.add(cursor.name());
      cursor.enter('[');
      while (cursor.hasNext(']')) {
        found.add(Long.toString(cursor.number()));
      }
    }
    cursor.requireEnd();
    return found;
  }

  private static JsonCursor cursor(String json) {
    return cursor(json.getBytes(StandardCharsets.UTF_8));
  }

  /** With bytes behind the end, as the signature lies behind a payload. */
  private static JsonCursor cursor(byte[] json) {
    ByteBuffer more =
        ByteBuffer.allocate(json.length + 3).put(json).put(new byte[] {'"', '}', '1'});
    return new JsonCursor(more.flip().limit(json.length));
  }
}
