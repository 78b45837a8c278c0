package bulla.resilientpackage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.protection.CodePoints;
import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.protection.NumericToken;
import bulla.protection.Tokenizer;
import bulla.protection.UnicodeGen2Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySnapshotTest {
  private static final RulePermission ALL = new RulePermission(Permissions.ALL, AuditFlags.NONE);
  private static final DataElement CARD =
      new DataElement("1", "DE_CARD", new NumericToken(null, null, null, null, null));
  private static final DataElement NOTE = new DataElement("2", "DE_NOTE", new NoEnc("1"));
  private static final PolicyMask ENDS = new PolicyMask("1", "ENDS", new Mask(2, 2, false, "*"));
  private static final PolicyRole SUPPORT = new PolicyRole("1", "support", false, List.of("alice"));
  private static final Rule RULE = new Rule("1", "1", "1", NoAccessOperation.PROTECTED_VALUE, ALL);
  private static final PolicySnapshot POLICY =
      new PolicySnapshot(
          List.of(CARD, NOTE),
          List.of(ENDS),
          List.of(SUPPORT),
          List.of(RULE, new Rule("1", "2", null, NoAccessOperation.NULL_VALUE, ALL)),
          List.of(new Application("1", "batch", "com.example.*", "svc?")));

  @Test
  void aSnapshotIsReadBackFromItsJson() {
    assertThat(PolicySnapshot.fromJson(POLICY.toJson())).isEqualTo(POLICY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "\u00E9",
        "\uD83D\uDE00",
        "a\uD83D\uDE00b",
        "\uD83D",
        "\uDE00",
        "\uD83Da",
        "a\uDE00b",
        "\uD83D\uD83D\uDE00",
        "\uDE00\uD83D",
        " "
      })
  void aNameIsWhatUtf8CanWrite(String name) {
    boolean can = StandardCharsets.UTF_8.newEncoder().canEncode(name) && !name.isBlank();
    if (can) {
      assertThat(new PolicyRole("1", name, false, List.of(name)).name()).isEqualTo(name);
    } else {
      assertThatThrownBy(() -> new PolicyRole("1", name, false, List.of()))
          .isInstanceOf(InvalidPolicyException.class);
    }
  }

  @Test
  void theJsonIsThatOfThePublishedObjects() {
    assertThat(POLICY.toJson())
        .startsWith(
            "{\"dataElements\":[{\"uid\":\"1\",\"name\":\"DE_CARD\",\"numericToken\":{\"tokenizer\":")
        .contains("{\"uid\":\"2\",\"name\":\"DE_NOTE\",\"noEnc\":{\"maskUid\":\"1\"}}")
        .contains("\"mask\":{\"fromLeft\":2,\"fromRight\":2,\"masked\":false,\"character\":\"*\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"masks\":['|'\"masks\":[null,'",
        "'\"masks\":['|'\"colour\":1,\"masks\":['",
        "'\"allowAll\":false'|'\"allowAll\":0'",
        "'\"allowAll\":false'|'\"allowAll\":null'",
        "'\"allowAll\":false,'|''",
        "'\"name\":\"support\"'|'\"name\":\"support\",\"name\":\"support\"'",
        "'\"NULL_VALUE\"'|'\"null_value\"'",
        "'\"applications\"'|'\"Applications\"'",
        "'\"protect\":true,'|''"
      })
  void whatIsNotExactlyASnapshotIsRefused(String part, String replacement) {
    String json = POLICY.toJson();
    assertThat(json).contains(part);
    assertThatThrownBy(() -> PolicySnapshot.fromJson(json.replace(part, replacement)))
        .isInstanceOf(InvalidPolicyException.class);
  }

  @Property(tries = 300)
  void anyNameIsEitherRefusedOrReadBack(@ForAll String name) {
    PolicySnapshot named;
    try {
      var role = new PolicyRole("1", "support", true, List.of(name));
      named = new PolicySnapshot(List.of(), List.of(), List.of(role), List.of(), List.of());
    } catch (InvalidPolicyException e) {
      return;
    }
    assertThat(PolicySnapshot.fromJson(named.toJson())).isEqualTo(named);
    assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(name);
  }

  @Test
  void nothingMayFollow() {
    assertThatThrownBy(() -> PolicySnapshot.fromJson(POLICY.toJson() + "{}"))
        .isInstanceOf(InvalidPolicyException.class);
    assertThatThrownBy(() -> PolicySnapshot.fromJson("null"))
        .isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  void aRuleMustReferToARoleOfTheSnapshot() {
    refuses(
        rules -> List.of(new Rule("9", "1", null, NoAccessOperation.NULL_VALUE, ALL)),
        "No role has the uid 9");
  }

  @Test
  void aRuleMustReferToADataElementOfTheSnapshot() {
    refuses(
        rules -> List.of(new Rule("1", "9", null, NoAccessOperation.NULL_VALUE, ALL)),
        "No data element has the uid 9");
  }

  @Test
  void aRuleMustReferToAMaskOfTheSnapshotOrToNone() {
    refuses(
        rules -> List.of(new Rule("1", "1", "9", NoAccessOperation.NULL_VALUE, ALL)),
        "No mask has the uid 9");
    assertThat(with(List.of(new Rule("1", "1", Rule.CLEAR, NoAccessOperation.NULL_VALUE, ALL))))
        .isNotNull();
  }

  @Test
  void aProtectedValueThatIsTheClearOneIsNotHandedOut() {
    refuses(
        rules -> List.of(new Rule("1", "2", null, NoAccessOperation.PROTECTED_VALUE, ALL)),
        "PROTECTED_VALUE");
  }

  @Test
  void theMaskOfADataElementMustBeThere() {
    assertThatThrownBy(
            () -> new PolicySnapshot(List.of(NOTE), List.of(), List.of(), List.of(), List.of()))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("DE_NOTE");
  }

  @Test
  void uidsAreUniqueWithinTheirKind() {
    assertThatThrownBy(
            () ->
                new PolicySnapshot(
                    List.of(CARD, new DataElement("1", "OTHER", new NoEnc(null))),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()))
        .hasMessage("Two data elements have the uid 1");
  }

  @Test
  void namesAreUniqueWhateverTheirCase() {
    assertThatThrownBy(
            () ->
                new PolicySnapshot(
                    List.of(),
                    List.of(),
                    List.of(SUPPORT, new PolicyRole("2", "SUPPORT", false, List.of())),
                    List.of(),
                    List.of()))
        .hasMessageContaining("Two roles have the name SUPPORT");
  }

  @Test
  void noMaskIsCalledZero() {
    assertThatThrownBy(() -> new PolicyMask("0", "NONE", new Mask(1, 1, true, "*")))
        .isInstanceOf(InvalidPolicyException.class);
  }

  private static void refuses(UnaryOperator<List<Rule>> change, String message) {
    assertThatThrownBy(() -> with(change.apply(POLICY.rules())))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(message);
  }

  private static PolicySnapshot with(List<Rule> rules) {
    return new PolicySnapshot(
        POLICY.dataElements(), POLICY.masks(), POLICY.roles(), rules, POLICY.applications());
  }

  @Test
  void theAlphabetOfAnElementIsInTheSnapshotAndFits() {
    var alphabet = new PolicyAlphabet("4", "greek", CodePoints.parse("0391-03A1,03A3-03A9"));
    assertThatThrownBy(() -> unicode(null, List.of()))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("No alphabet has the uid 4");
    assertThatThrownBy(() -> unicode(Tokenizer.SLT_X_1, List.of(alphabet)))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("SLT_1_3");
    assertThatThrownBy(() -> unicode(null, List.of(alphabet, alphabet)))
        .isInstanceOf(InvalidPolicyException.class);
    assertThat(unicode(null, List.of(alphabet)).alphabets()).containsExactly(alphabet);
  }

  private static PolicySnapshot unicode(Tokenizer tokenizer, List<PolicyAlphabet> alphabets) {
    var method = new UnicodeGen2Token(tokenizer, "4", null, null, null, null, null);
    return new PolicySnapshot(
        List.of(new DataElement("1", "DE_GREEK", method)),
        List.of(),
        alphabets,
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void aSnapshotFromBeforeThereWereAlphabetsHasNone() {
    String json = unicodeFree().toJson();
    String before = json.replace("\"alphabets\":[],", "");
    assertThat(before).isNotEqualTo(json);
    assertThat(PolicySnapshot.fromJson(before)).isEqualTo(unicodeFree());
  }

  private static PolicySnapshot unicodeFree() {
    return new PolicySnapshot(List.of(), List.of(), List.of(), List.of(), List.of());
  }
}
