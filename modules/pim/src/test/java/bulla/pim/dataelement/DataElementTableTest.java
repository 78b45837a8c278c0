package bulla.pim.dataelement;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.http.StrictJson;
import bulla.pim.object.PimProblem;
import bulla.protection.ProtectionMethod;
import bulla.resilientpackage.policy.MethodJson;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published table of data element types: properties, defaults, limits, deprecations. */
class DataElementTableTest {
  private static final String TOKEN_OF_ONE_TABLE =
      "'tokenizer':'SLT_1_3','fromLeft':0,'fromRight':0,'lengthPreserving':true,"
          + "'allowShort':'NO_GENERATE_ERROR'";
  private static final String TOKEN = TOKEN_OF_ONE_TABLE.replace("SLT_1_3", "SLT_2_3");
  private static final String FPE =
      "'allowSmallDomain':false,'allowShort':'NO_GENERATE_ERROR','fromLeft':0,'fromRight':0";

  /** Each type with what a client gets that sends no properties. */
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("numericToken", TOKEN);
    DEFAULTS.put("integerToken", "'size':4,'tokenizer':'SLT_1_3'");
    DEFAULTS.put(
        "creditCardToken",
        "'tokenizer':'SLT_2_3','fromLeft':0,'fromRight':0,'invalidLuhnDigit':false,"
            + "'alphabeticIndicator':false");
    DEFAULTS.put("alphaToken", TOKEN);
    DEFAULTS.put("upperAlphaToken", TOKEN);
    DEFAULTS.put("alphaNumericToken", TOKEN);
    DEFAULTS.put("upperAlphaNumericToken", TOKEN);
    DEFAULTS.put("lowerAsciiToken", TOKEN_OF_ONE_TABLE);
    DEFAULTS.put("printableToken", TOKEN_OF_ONE_TABLE);
    DEFAULTS.put("dateToken", "'tokenizer':'SLT_2_3','format':'YYYY-MM-DD'");
    DEFAULTS.put(
        "dateTimeToken",
        "'tokenizer':'SLT_DATETIME','tokenizeTime':false,'distinguishableDate':false,"
            + "'dateInClear':'NONE'");
    DEFAULTS.put("decimalToken", "'tokenizer':'SLT_6_DECIMAL','minLength':1,'maxLength':36");
    DEFAULTS.put(
        "unicodeGen2Token",
        "'tokenizer':'SLT_1_3','alphabetUid':'1','encoding':'UTF8',"
            + TOKEN_OF_ONE_TABLE.substring("'tokenizer':'SLT_1_3',".length()));
    DEFAULTS.put("unicodeToken", "'tokenizer':'SLT_2_3'");
    DEFAULTS.put("unicodeBase64Token", "'tokenizer':'SLT_2_3'");
    DEFAULTS.put("binaryToken", "'tokenizer':'SLT_1_3','fromLeft':0,'fromRight':0");
    DEFAULTS.put(
        "emailToken",
        "'tokenizer':'SLT_2_3','lengthPreserving':true,'allowShort':'NO_GENERATE_ERROR'");
    DEFAULTS.put("fpeNumeric", "'minLength':6," + FPE);
    DEFAULTS.put("fpeAlpha", "'minLength':4," + FPE);
    DEFAULTS.put("fpeAlphaNumeric", "'minLength':4," + FPE);
    DEFAULTS.put("fpeLatin1Alpha", "'minLength':3," + FPE);
    DEFAULTS.put("fpeLatin1AlphaNumeric", "'minLength':3," + FPE);
    DEFAULTS.put(
        "fpeCreditCard",
        "'minLength':8,'fromLeft':0,'fromRight':0,'invalidLuhnDigit':false,"
            + "'alphabeticIndicator':false");
    DEFAULTS.put("aes256GcmEnc", "");
    for (String cbc : List.of("aes128CbcEnc", "aes256CbcEnc", "tripleDesCbcEnc")) {
      DEFAULTS.put(cbc, "'iv':true,'crc':true");
    }
    for (String cusp : List.of("aes128CuspEnc", "aes256CuspEnc", "tripleDesCuspEnc")) {
      DEFAULTS.put(cusp, "'iv':false,'crc':false");
    }
    DEFAULTS.put("hmacSha256", "");
    DEFAULTS.put("hmacSha1", "");
    DEFAULTS.put("monitor", "");
    DEFAULTS.put("noEnc", "");
  }

  private final StrictJson json =
      new StrictJson(
          List.of(
              MethodJson.module(),
              new SimpleModule("clients")
                  .addDeserializer(ProtectionMethod.class, new MethodReader())));

  @Test
  void everyTypeIsMadeWithItsDefaults() throws IOException {
    var wrong = new ArrayList<String>();
    for (String key : MethodJson.types().keySet()) {
      String expected = "{'name':'a','" + key + "':{" + DEFAULTS.getOrDefault(key, "no row") + "}";
      String made = json.write(view(read(least(key))));
      if (!made.startsWith(expected.replace('\'', '"'))) {
        wrong.add(made);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(MethodJson.types()).containsKeys(DEFAULTS.keySet().toArray(String[]::new));
  }

  @Test
  void methodsWithoutShortValuesTakeTheOneThatThePublishedTableNames() throws IOException {
    for (String key : List.of("unicodeToken", "unicodeBase64Token")) {
      assertThat(read("{'" + key + "':{'allowShort':'yes','tokenizer':'SLT_1_3'}").method())
          .isEqualTo(read("{'" + key + "':{'tokenizer':'SLT_1_3'}").method());
    }
    assertThat(read("{'fpeNumeric':{'allowShort':'NO_RETURN_INPUT'}").method()).isNotNull();
    assertThat(read("{'fpeAlphaNumeric':{'allowShort':'PASSTHROUGH'}").method()).isNotNull();
  }

  @Test
  void theDeprecatedOnesAndNoOthersWarn() throws IOException {
    var warned = new ArrayList<String>();
    for (String key : DEFAULTS.keySet()) {
      DataElementView view = view(read(least(key)));
      if (view.warnings() != null) {
        assertThat(view.warnings()).singleElement().asString().startsWith(key + " is deprecated: ");
        warned.add(key);
      }
    }
    assertThat(warned)
        .containsExactly(
            "printableToken",
            "dateToken",
            "unicodeToken",
            "unicodeBase64Token",
            "tripleDesCbcEnc",
            "tripleDesCuspEnc",
            "hmacSha1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'numericToken':{'tokenizer':'SLT_DATETIME'}|tokenizer",
        "'numericToken':{'fromLeft':-1}|fromLeft",
        "'numericToken':{'fromRight':100}|fromRight",
        "'numericToken':{'lengthPreserving':false,'allowShort':'YES'}|allowShort",
        "'integerToken':{'size':3}|size",
        "'integerToken':{'tokenizer':'SLT_2_3'}|tokenizer",
        "'creditCardToken':{'invalidCardType':true,'fromLeft':6}|fromLeft",
        "'creditCardToken':{'invalidCardType':true,'alphabeticIndicator':true,"
            + "'alphabeticIndicatorPosition':1}|alphabeticIndicator",
        "'creditCardToken':{'invalidLuhnDigit':true,'alphabeticIndicator':true,"
            + "'alphabeticIndicatorPosition':1}|alphabeticIndicator",
        "'creditCardToken':{'alphabeticIndicator':true}|alphabeticIndicatorPosition",
        "'creditCardToken':{'alphabeticIndicatorPosition':1}|alphabeticIndicatorPosition",
        "'creditCardToken':{'fromLeft':6,'alphabeticIndicator':true,"
            + "'alphabeticIndicatorPosition':6}|alphabeticIndicatorPosition",
        "'alphaToken':{'tokenizer':'SLT_1_6'}|tokenizer",
        "'upperAlphaToken':{'tokenizer':'SLT_2_6'}|tokenizer",
        "'alphaNumericToken':{'preserveCase':true,'tokenizer':'SLT_1_3'}|tokenizer",
        "'alphaNumericToken':{'preservePosition':true,'fromLeft':1}|fromLeft",
        "'alphaNumericToken':{'preserveCase':true,'fromRight':1}|fromRight",
        "'alphaNumericToken':{'preserveCase':true,'lengthPreserving':false}|lengthPreserving",
        "'alphaNumericToken':{'preserveCase':true,'allowShort':'NO_RETURN_INPUT'}|allowShort",
        "'upperAlphaNumericToken':{'tokenizer':'SLT_6_DECIMAL'}|tokenizer",
        "'lowerAsciiToken':{'tokenizer':'SLT_2_3'}|tokenizer",
        "'printableToken':{'tokenizer':'SLT_2_3'}|tokenizer",
        "'dateToken':{'format':'YYYY/MM/DD'}|format",
        "'dateToken':{'tokenizer':'SLT_DATETIME'}|tokenizer",
        "'dateTimeToken':{'tokenizer':'SLT_1_3'}|tokenizer",
        "'dateTimeToken':{'distinguishableDate':true,'dateInClear':'YEAR'}|distinguishableDate",
        "'decimalToken':{'minLength':0}|minLength",
        "'decimalToken':{'maxLength':37}|maxLength",
        "'decimalToken':{'minLength':9,'maxLength':8}|maxLength",
        "'unicodeGen2Token':{}|alphabetUid",
        "'unicodeGen2Token':{'alphabetUid':'1','tokenizer':'SLT_2_3'}|tokenizer",
        "'unicodeGen2Token':{'alphabetUid':'1','lengthPreserving':false,'allowShort':'YES'}|allowShort",
        "'fpeCreditCard':{'minLength':7}|minLength",
        "'fpeCreditCard':{'minLength':11}|minLength",
        "'fpeCreditCard':{'invalidCardType':true,'fromLeft':6}|fromLeft",
        "'fpeNumeric':{'tweakMode':'CLEAR_ENDS'}|tweakMode",
        "'unicodeToken':{'tokenizer':'SLT_1_6'}|tokenizer",
        "'unicodeBase64Token':{'tokenizer':'SLT_1_6'}|tokenizer",
        "'binaryToken':{'tokenizer':'SLT_1_6'}|tokenizer",
        "'emailToken':{'tokenizer':'SLT_1_6'}|tokenizer",
        "'emailToken':{'lengthPreserving':false,'allowShort':'YES'}|allowShort",
        "'fpeNumeric':{'minLength':5}|minLength",
        "'fpeNumeric':{'minLength':11}|minLength",
        "'fpeNumeric':{'minLength':1,'allowSmallDomain':true}|minLength",
        "'fpeNumeric':{'allowShort':'YES'}|allowShort",
        "'fpeAlpha':{'minLength':3}|minLength",
        "'fpeAlpha':{'allowShort':'NO_RETURN_INPUT'}|allowShort",
        "'fpeLatin1Alpha':{'allowShort':'PASSTHROUGH'}|allowShort",
        "'fpeLatin1AlphaNumeric':{'allowShort':'NO_RETURN_INPUT'}|allowShort",
        "'unicodeToken':{'allowShort':'NO_RETURN_INPUT'}|allowShort",
        "'unicodeBase64Token':{'tokenizer':'SLT_1_3','allowShort':null}|allowShort",
        "'fpeAlphaNumeric':{'fromLeft':100}|fromLeft",
        "'fpeLatin1Alpha':{'minLength':2}|minLength",
        "'fpeLatin1AlphaNumeric':{'minLength':2}|minLength"
      })
  void aCombinationThatCannotBeIsNamedWithItsRule(String method, String member) {
    var refused = problem(PimProblem.INVALID_METHOD, () -> read("{" + method));
    String key = method.substring(1, method.indexOf('\'', 1));
    assertThat(refused.member()).contains(key + "." + member);
    assertThat(refused.detail()).contains("must ");
  }

  /** What a client must send of a type. */
  private static String least(String key) {
    return "{'" + key + "':{" + (key.equals("unicodeGen2Token") ? "'alphabetUid':'1'" : "") + "}";
  }

  private static DataElementView view(CreateDataElement element) {
    return DataElementView.of(element.name(), element.description(), element.method(), "1");
  }

  /** The rest of an element, as a client writes it, with apostrophes for quotation marks. */
  private CreateDataElement read(String method) throws IOException {
    String body = (method + ",'name':'a'}").replace('\'', '"');
    return (CreateDataElement)
        json.read(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
            CreateDataElement.class);
  }
}
