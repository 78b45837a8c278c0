package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private enum Colour {
    RED,
    GREEN
  }

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("value must be positive");
      }
    }
  }

  private record Body(
      String name, int count, Boolean flag, Colour colour, List<Body> inner, Positive positive) {}

  private final StrictJson json = new StrictJson(List.of());

  @Test
  void aGoodBodyIsRead() throws IOException {
    assertThat(read("{\"name\":\"n\",\"count\":2,\"inner\":[{\"name\":\"i\",\"count\":3}]}"))
        .isEqualTo(
            new Body("n", 2, null, null, List.of(new Body("i", 3, null, null, null, null)), null));
  }

  @Test
  void theCaseOfAnEnumConstantDoesNotMatter() throws IOException {
    assertThat(((Body) read("{\"count\":1,\"colour\":\"rEd\"}")).colour()).isEqualTo(Colour.RED);
  }

  @ParameterizedTest(name = "{0} blames {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '\'',
      value = {
        "{\"count\":1,\"nmae\":\"n\"}|UNKNOWN_MEMBER|nmae",
        "{\"count\":1,\"inner\":[{\"count\":1},{\"count\":1,\"x\":1}]}|UNKNOWN_MEMBER|inner[1].x",
        "{\"count\":\"1\"}|INVALID_VALUE|count",
        "{\"count\":1.5}|INVALID_VALUE|count",
        "{\"count\":99999999999}|INVALID_VALUE|count",
        "{\"count\":null}|INVALID_VALUE|count",
        "{\"name\":5,\"count\":1}|INVALID_VALUE|name",
        "{\"name\":true,\"count\":1}|INVALID_VALUE|name",
        "{\"name\":[],\"count\":1}|INVALID_VALUE|name",
        "{\"flag\":\"yes\",\"count\":1}|INVALID_VALUE|flag",
        "{\"flag\":1,\"count\":1}|INVALID_VALUE|flag",
        "{\"colour\":\"blue\",\"count\":1}|INVALID_VALUE|colour",
        "{\"colour\":\"\",\"count\":1}|INVALID_VALUE|colour",
        "{\"colour\":0,\"count\":1}|INVALID_VALUE|colour",
        "{\"inner\":{},\"count\":1}|INVALID_VALUE|inner",
        "{\"positive\":{\"value\":-1},\"count\":1}|INVALID_VALUE|positive",
        "[]|INVALID_VALUE|-",
        "\"text\"|INVALID_VALUE|-",
        "null|INVALID_VALUE|-",
        "''|INVALID_VALUE|-",
        "{\"count\":1} 2|MALFORMED_JSON|-",
        "{\"count\":1,\"count\":2}|MALFORMED_JSON|count",
        "{\"count\":1|MALFORMED_JSON|-",
        "{count:1}|MALFORMED_JSON|-",
        "{\"count\":01}|MALFORMED_JSON|-",
        "{\"count\":NaN}|MALFORMED_JSON|-",
        "<xml/>|MALFORMED_JSON|-",
      })
  void aBadBodyIsRefusedWithTheMemberThatIsToBlame(String body, CommonProblem type, String member) {
    Problem problem = refused(body);
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.member().orElse(null)).isEqualTo(member);
  }

  @Test
  void theWordsOfAValueTypeReachTheClient() {
    assertThat(refused("{\"positive\":{\"value\":-1},\"count\":1}").detail())
        .isEqualTo("value must be positive");
  }

  @Test
  void theConstantsOfAnEnumAreListed() {
    assertThat(refused("{\"colour\":\"blue\",\"count\":1}").detail()).contains("[RED, GREEN]");
  }

  @Test
  void deepNestingIsRefusedBeforeItCostsAnything() {
    String deep = "{\"inner\":[".repeat(5000) + "]}".repeat(5000);
    assertThat(refused(deep).detail()).contains("more than 32 levels");
  }

  @Test
  void aNumberOfManyDigitsIsWellFormedAndRefusedAllTheSame() {
    Problem problem = refused("{\"count\":" + "9".repeat(41) + "}");
    assertThat(problem.type()).isEqualTo(CommonProblem.INVALID_VALUE);
    assertThat(problem.detail()).startsWith("A number has more than 40 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void anotherUnicodeThanUtf8IsRefusedByName(String charset) {
    assertNotUtf8("{\"count\":1}".getBytes(Charset.forName(charset)));
  }

  @Test
  void whatIsNoUnicodeIsRefusedByName() {
    assertNotUtf8("{\"name\":\"\u00e9\",\"count\":1}".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aByteOrderMarkBeforeUtf8DoesNoHarm() throws IOException {
    assertThat(((Body) read("\uFEFF{\"count\":1}")).count()).isEqualTo(1);
  }

  private void assertNotUtf8(byte[] body) {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> json.read(new ByteArrayInputStream(body), Body.class));
    assertThat(problem.type()).isEqualTo(CommonProblem.MALFORMED_JSON);
    assertThat(problem.detail()).contains("must be in UTF-8");
  }

  @Test
  void theClientsOwnTextIsNotEchoedUnlessPrintable() {
    assertThat(refused("{\"count\":1,\"a\u0007b\":1}".replace("\u0007", "\\u0007")).detail())
        .isEqualTo("There is no member \"a?b\" here");
  }

  private Object read(String body) throws IOException {
    return json.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), Body.class);
  }

  private Problem refused(String body) {
    return catchThrowableOfType(Problem.class, () -> read(body));
  }
}
