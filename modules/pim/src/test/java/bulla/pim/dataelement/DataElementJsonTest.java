package bulla.pim.dataelement;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.http.StrictJson;
import bulla.commonops.problem.CommonProblem;
import bulla.pim.object.PimProblem;
import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.DateToken;
import bulla.protection.ProtectionMethod;
import bulla.protection.Tokenizer;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataElementJsonTest {
  private static final String PUBLISHED =
      "{\"name\": \"DE_ALPHANUM\",\"description\": \"DE_ALPHANUM\",\"alphaNumericToken\":"
          + "{\"tokenizer\":\"SLT_1_3\",\"fromLeft\": 0,\"fromRight\": 0,"
          + "\"lengthPreserving\": true, \"allowShort\": \"YES\"}}";

  private final StrictJson json =
      new StrictJson(
          List.of(
              MethodJson.module(),
              new SimpleModule("clients")
                  .addDeserializer(ProtectionMethod.class, new MethodReader())));

  @Test
  void thePublishedSampleIsRead() throws IOException {
    assertThat(read(PUBLISHED))
        .isEqualTo(
            new CreateDataElement(
                "DE_ALPHANUM",
                "DE_ALPHANUM",
                new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES)));
  }

  @Test
  void theAnswerIsTheSampleWithTheUid() throws IOException {
    CreateDataElement element = read(PUBLISHED);
    assertThat(
            json.write(
                new DataElementView(
                    element.name(), element.description(), element.method(), "1", null)))
        .isEqualTo(PUBLISHED.replace(" ", "").replace("YES\"}}", "YES\"},\"uid\":\"1\"}"));
  }

  @Test
  void enumsAreReadInAnyCaseAndByTheirAliases() throws IOException {
    assertThat(read("{\"name\":\"a\",\"alphaNumericToken\":{\"allowShort\":\"error\"}}").method())
        .isEqualTo(new AlphaNumericToken(null, null, null, null, AllowShort.NO_GENERATE_ERROR));
    assertThat(read("{\"name\":\"a\",\"dateToken\":{\"format\":\"dd/mm/yyyy\"}}").method())
        .isEqualTo(new DateToken(null, "DD/MM/YYYY"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"creditCardToken", "fpeCreditCard"})
  void whatTellsTokensOfCardsFromValuesMayStandInAMemberOfItsOwn(String key) throws IOException {
    String flat = "\"alphabeticIndicator\":true,\"alphabeticIndicatorPosition\":7";
    ProtectionMethod method = method(key, "\"fromRight\":4," + flat);
    assertThat(method(key, "\"valueIdentification\":{" + flat + "},\"fromRight\":4"))
        .isEqualTo(method);
    assertThat(method(key, "\"fromRight\":4,\"valueIdentification\":{" + flat + "}"))
        .isEqualTo(method);
    assertThat(json.write(new DataElementView("a", null, method, "1", null)))
        .contains("\"alphabeticIndicatorPosition\":7")
        .doesNotContain("valueIdentification");
    assertThat(method(key, "\"valueIdentification\":null")).isEqualTo(method(key, ""));
    assertThat(method(key, "\"valueIdentification\":{},\"invalidLuhnDigit\":true"))
        .isEqualTo(method(key, "\"valueIdentification\":{\"invalidLuhnDigit\":true}"));
  }

  private ProtectionMethod method(String key, String members) throws IOException {
    return read("{\"name\":\"a\",\"" + key + "\":{" + members + "}}").method();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\"} | ",
        "{\"name\":\"a\",\"noEnc\":{},\"aes256GcmEnc\":{}} | aes256GcmEnc",
        "{\"name\":\"a\",\"noEnc\":[]} | noEnc",
        "{\"name\":\"a\",\"noEnc\":null} | noEnc",
        "{\"name\":\"a\",\"alphaNumericToken\":{\"tokenizer\":\"SLT_1_6\"}}"
            + " | alphaNumericToken.tokenizer",
        "{\"name\":\"a\",\"alphaNumericToken\":{\"fromLeft\":100}} | alphaNumericToken.fromLeft",
        "{\"name\":\"a\",\"creditCardToken\":{\"valueIdentification\":[]}}"
            + " | creditCardToken.valueIdentification",
        "{\"name\":\"a\",\"creditCardToken\":{\"valueIdentification\":{\"invalidCardType\":true},"
            + "\"invalidLuhnDigit\":true}} | creditCardToken.valueIdentification",
        "{\"name\":\"a\",\"fpeCreditCard\":{\"invalidCardType\":false,"
            + "\"valueIdentification\":{\"invalidCardType\":true}}}"
            + " | fpeCreditCard.valueIdentification",
        "{\"name\":\"a\",\"creditCardToken\":{\"valueIdentification\":"
            + "{\"alphabeticIndicator\":true}}}"
            + " | creditCardToken.valueIdentification.alphabeticIndicatorPosition",
        "{\"name\":\"a\",\"creditCardToken\":{\"fromLeft\":1,\"valueIdentification\":"
            + "{\"invalidCardType\":true}}} | creditCardToken.fromLeft"
      })
  void aMethodThatCannotBeIsRefusedWithItsMember(String body, String member) {
    assertThat(problem(PimProblem.INVALID_METHOD, () -> read(body)).member().orElse(null))
        .isEqualTo(member);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"noEnk\":{}} | noEnk",
        "{\"name\":\"a\",\"nmae\":\"a\",\"noEnc\":{}} | nmae",
        "{\"name\":\"a\",\"noEnc\":{\"mask\":\"1\"}} | noEnc.mask",
        "{\"name\":\"a\",\"numericToken\":{\"valueIdentification\":{}}}"
            + " | numericToken.valueIdentification",
        "{\"name\":\"a\",\"creditCardToken\":{\"valueIdentification\":{\"fromLeft\":1}}}"
            + " | creditCardToken.valueIdentification.fromLeft"
      })
  void aMemberThatNobodyKnowsIsNamed(String body, String member) {
    assertThat(problem(CommonProblem.UNKNOWN_MEMBER, () -> read(body)).member()).contains(member);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"alphaNumericToken\":{\"fromLeft\":\"1\"}}"
            + " | alphaNumericToken.fromLeft",
        "{\"name\":\"a\",\"alphaNumericToken\":{\"tokenizer\":\"SLT\"}}"
            + " | alphaNumericToken.tokenizer",
        "{\"name\":\"a\",\"creditCardToken\":{\"valueIdentification\":"
            + "{\"invalidLuhnDigit\":\"yes\"}}}"
            + " | creditCardToken.valueIdentification.invalidLuhnDigit",
        "{\"name\":1,\"noEnc\":{}} | name"
      })
  void aValueOfTheWrongKindIsNamed(String body, String member) {
    assertThat(problem(CommonProblem.INVALID_VALUE, () -> read(body)).member()).contains(member);
  }

  private CreateDataElement read(String body) throws IOException {
    return (CreateDataElement)
        json.read(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
            CreateDataElement.class);
  }
}
