package bulla.resilientpackage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.protection.Aes256CuspEnc;
import bulla.protection.Aes256GcmEnc;
import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.DateInClear;
import bulla.protection.DateTimeToken;
import bulla.protection.FpeNumeric;
import bulla.protection.InvalidMethodException;
import bulla.protection.NoEnc;
import bulla.protection.ProtectionMethod;
import bulla.protection.TextEncoding;
import bulla.protection.Tokenizer;
import bulla.protection.TweakMode;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.json.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodJsonTest {
  private static final JsonMapper LENIENT = StrictJson.mapper(MethodJson.module());
  private static final JsonMapper STRICT = StrictJson.mapper(MethodJson.strictModule());

  private static final String PUBLISHED =
      "{\"uid\":\"1\",\"name\":\"DE_ALPHANUM\",\"alphaNumericToken\":{\"tokenizer\":\"SLT_1_3\","
          + "\"fromLeft\":0,\"fromRight\":0,\"lengthPreserving\":true,\"allowShort\":\"YES\"}}";

  @Test
  void thePublishedSampleIsReadAndWrittenAsItIs() throws Exception {
    DataElement element = STRICT.readValue(PUBLISHED, DataElement.class);
    assertThat(element.method())
        .isEqualTo(new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES));
    assertThat(STRICT.writeValueAsString(element)).isEqualTo(PUBLISHED);
  }

  static Iterable<ProtectionMethod> everyMethodWithItsDefaults() throws Exception {
    var methods = new java.util.ArrayList<ProtectionMethod>();
    for (String key : MethodJson.types().keySet()) {
      // The one member without a default.
      String members = key.equals("unicodeGen2Token") ? "\"alphabetUid\":\"1\"" : "";
      methods.add(STRICT.readValue("{\"" + key + "\":{" + members + "}}", ProtectionMethod.class));
    }
    methods.add(new Aes256CuspEnc(true, true, true));
    methods.add(new FpeNumeric(null, null, null, 1, 0, TweakMode.CLEAR_ENDS));
    methods.add(
        new UnicodeGen2Token(
            Tokenizer.SLT_X_1, "2", TextEncoding.UTF16LE, 1, 2, true, AllowShort.YES));
    return methods;
  }

  @Test
  void theKeyOfAMethodIsTheNameOfItsRecord() throws Exception {
    for (ProtectionMethod method : everyMethodWithItsDefaults()) {
      assertThat(MethodJson.types().get(method.key())).isEqualTo(method.getClass());
    }
  }

  @ParameterizedTest
  @CsvSource({"utf-8, UTF8", "UTF-16LE, UTF16LE", "utf16be, UTF16BE"})
  void peopleMaySpellAnEncodingInSeveralWays(String spelling, TextEncoding meant) throws Exception {
    var json = "{\"unicodeGen2Token\":{\"alphabetUid\":\"1\",\"encoding\":\"" + spelling + "\"}}";
    var method = (UnicodeGen2Token) LENIENT.readValue(json, ProtectionMethod.class);
    assertThat(method.encoding()).isEqualTo(meant);
    assertThatThrownBy(() -> STRICT.readValue(json, ProtectionMethod.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @MethodSource("everyMethodWithItsDefaults")
  void everyMethodIsReadBackFromWhatIsWritten(ProtectionMethod method) throws Exception {
    String json = STRICT.writeValueAsString(method);
    assertThat(json).startsWith("{\"" + method.key() + "\":{").doesNotContain("null");
    assertThat(STRICT.readValue(json, ProtectionMethod.class)).isEqualTo(method);
    var element = new DataElement("1", "DE", method);
    assertThat(STRICT.readValue(STRICT.writeValueAsString(element), DataElement.class))
        .isEqualTo(element);
  }

  @Test
  void whatIsNullIsLeftOut() throws Exception {
    assertThat(STRICT.writeValueAsString(new DataElement("1", "DE", new NoEnc(null))))
        .isEqualTo("{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":{}}");
    assertThat(STRICT.writeValueAsString(new DataElement("1", "DE", new Aes256GcmEnc())))
        .isEqualTo("{\"uid\":\"1\",\"name\":\"DE\",\"aes256GcmEnc\":{}}");
  }

  @ParameterizedTest
  @CsvSource({
    "yes, YES",
    "Error, NO_GENERATE_ERROR",
    "no_generate_error, NO_GENERATE_ERROR",
    "PASSTHROUGH, NO_RETURN_INPUT"
  })
  void peopleMaySpellAllowShortInSeveralWays(String spelling, AllowShort meant) throws Exception {
    String json =
        "{\"numericToken\":{\"tokenizer\":\"slt_1_3\",\"allowShort\":\"" + spelling + "\"}}";
    var method = (bulla.protection.NumericToken) LENIENT.readValue(json, ProtectionMethod.class);
    assertThat(method.allowShort()).isEqualTo(meant);
    assertThat(method.tokenizer()).isEqualTo(Tokenizer.SLT_1_3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alphaNumericToken",
        "alphaToken",
        "numericToken",
        "integerToken",
        "creditCardToken",
        "upperAlphaToken",
        "upperAlphaNumericToken",
        "lowerAsciiToken",
        "printableToken",
        "dateToken",
        "dateTimeToken",
        "decimalToken",
        "unicodeToken",
        "unicodeBase64Token",
        "binaryToken",
        "emailToken",
        "fpeNumeric",
        "fpeAlpha",
        "fpeAlphaNumeric",
        "fpeLatin1Alpha",
        "fpeLatin1AlphaNumeric",
        "fpeCreditCard",
        "aes128CbcEnc",
        "aes256CbcEnc",
        "aes256GcmEnc",
        "aes128CuspEnc",
        "aes256CuspEnc",
        "tripleDesCbcEnc",
        "tripleDesCuspEnc",
        "hmacSha256",
        "hmacSha1",
        "noEnc",
        "monitor"
      })
  void everyKeyThatClientsUseIsKnown(String key) throws Exception {
    var method = LENIENT.readValue("{\"" + key + "\":{}}", ProtectionMethod.class);
    assertThat(method.key()).isEqualTo(key);
    assertThat(MethodJson.types()).hasSize(34);
  }

  @Test
  void peopleMaySpellWhatStaysClearOfADateInAnyCase() throws Exception {
    String json = "{\"dateTimeToken\":{\"dateInClear\":\"year\"}}";
    var method = (DateTimeToken) LENIENT.readValue(json, ProtectionMethod.class);
    assertThat(method.dateInClear()).isEqualTo(DateInClear.YEAR);
    assertThatThrownBy(() -> STRICT.readValue(json, ProtectionMethod.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "ERROR", "PASSTHROUGH"})
  void aPackageSpellsAllowShortInOneWay(String spelling) {
    assertThatThrownBy(
            () ->
                STRICT.readValue(
                    "{\"numericToken\":{\"allowShort\":\"" + spelling + "\"}}",
                    ProtectionMethod.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"uid\":\"1\",\"name\":\"DE\"}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":{},\"aes256GcmEnc\":{}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":{},\"noEnc\":{}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":{},\"colour\":\"red\"}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"rot13Enc\":{}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":null}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":\"\"}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":{\"maskUid\":null}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"noEnc\":{\"mask\":\"1\"}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"numericToken\":{\"fromLeft\":\"1\"}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"numericToken\":{\"fromLeft\":1.5}}",
        "{\"uid\":\"1\",\"name\":\"DE\",\"numericToken\":{\"tokenizer\":0}}",
        "{\"uid\":\"1\",\"noEnc\":{}}"
      })
  void whatIsNotExactlyADataElementIsRefused(String json) {
    assertThatThrownBy(() -> STRICT.readValue(json, DataElement.class))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> LENIENT.readValue(json, DataElement.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void theRuleThatAMethodBreaksIsTheCauseOfTheError() {
    assertThatThrownBy(
            () ->
                LENIENT.readValue("{\"numericToken\":{\"fromLeft\":100}}", ProtectionMethod.class))
        .hasCauseInstanceOf(InvalidMethodException.class);
  }
}
