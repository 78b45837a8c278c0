package bulla.protector;

import static bulla.protector.PackageWorkshop.BLOCKS;
import static bulla.protector.PackageWorkshop.CARD;
import static bulla.protector.PackageWorkshop.EMAIL;
import static bulla.protector.PackageWorkshop.NAME;
import static bulla.protector.PackageWorkshop.NAME_2;
import static bulla.protector.PackageWorkshop.NOTE;
import static bulla.protector.PackageWorkshop.NUMBER;
import static bulla.protector.PackageWorkshop.PHONE;
import static bulla.protector.PackageWorkshop.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.AllowShort;
import bulla.protection.AlphaNumericToken;
import bulla.protection.BinaryToken;
import bulla.protection.CodePoints;
import bulla.protection.ReturnCode;
import bulla.protection.Tokenizer;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.envelope.PackageProblem;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectorTest {
  private static final String CARD_NUMBER = "4111111111111111";

  @TempDir private Path directory;
  private PackageWorkshop workshop;
  private Protector protector;
  private final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() throws IOException {
    workshop = PackageWorkshop.in(directory);
    protector = open(workshop.packageFile(), records::add);
  }

  @AfterEach
  void close() throws IOException {
    protector.close();
  }

  private Protector open(Path packageFile, AuditSink audit) throws IOException {
    return Protector.open(
        packageFile,
        PemDecryptor.of(workshop.privateKey()),
        TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
        workshop.state(),
        audit);
  }

  private ReturnCode codeOf(Callable<?> call) {
    return error(call).code();
  }

  private ProtectorException error(Callable<?> call) {
    return catchThrowableOfType(ProtectorException.class, call::call);
  }

  @ParameterizedTest
  @CsvSource({
    "DE_NAME,Zoë O'Hara-Łukasz 3rd",
    "DE_NUMBER,-7634.119",
    "DE_CARD,4111111111111111",
    "DE_EMAIL,anna.schmidt@example.org",
    "DE_PHONE,004915112345678",
    "DE_TEXT,Zoë 🐟 said so",
    "DE_BLOCKS,Zoë 🐟 said so"
  })
  void whatIsProtectedIsRevealedAsItWas(String element, String clear) {
    var session = protector.session("fraud");
    String value = session.protect(element, clear);
    assertThat(value).isNotEqualTo(clear);
    assertThat(session.unprotect(element, value)).isEqualTo(clear);
  }

  @ParameterizedTest
  @ValueSource(strings = {NAME, NUMBER, CARD, PHONE})
  void anExternalIvVariesTheValueAndIsNeededAgain(String element) {
    var session = protector.session("fraud");
    byte[] iv = "tenant 1".getBytes(UTF_8);
    String value = session.protect(element, CARD_NUMBER, iv);
    assertThat(value).isNotEqualTo(session.protect(element, CARD_NUMBER));
    assertThat(session.unprotect(element, value, iv)).isEqualTo(CARD_NUMBER);
    assertThat(session.unprotect(element, value)).isNotEqualTo(CARD_NUMBER);
  }

  @Test
  void anArrayGivesTheSameAsItsValuesOneByOne() {
    var session = protector.session("fraud");
    String[] clear = {"anna", "", "Zoë", "x", "anna"};
    String[] values = session.protect(NAME, clear);
    for (int i = 0; i < clear.length; i++) {
      assertThat(values[i]).isEqualTo(session.protect(NAME, clear[i]));
    }
    assertThat(session.unprotect(NAME, values)).containsExactly(clear);
    assertThat(clear).containsExactly("anna", "", "Zoë", "x", "anna");
  }

  @Test
  void theTextFormOfAnEncryptedValueIsItsBase64() {
    var session = protector.session("fraud");
    byte[] sealed = session.protect(BLOCKS, "Zoë".getBytes(UTF_8));
    assertThat(session.protect(BLOCKS, "Zoë"))
        .isEqualTo(Base64.getEncoder().encodeToString(sealed));
    assertThat(session.unprotect(BLOCKS, sealed)).isEqualTo("Zoë".getBytes(UTF_8));
  }

  @Test
  void bytesThatAreNoTextKeepTheirValue() {
    var session = protector.session("fraud");
    byte[][] clear = {{(byte) 0xff, 0, 1}, {}, {42}};
    assertThat(session.unprotect(TEXT, session.protect(TEXT, clear))).isDeepEqualTo(clear);
  }

  @Test
  void halfASurrogatePairIsRefusedAndNotReplaced() {
    var session = protector.session("fraud");
    assertThat(codeOf(() -> session.protect(TEXT, "a\ud83d")))
        .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
  }

  @Test
  void bytesAreForDataElementsThatEncrypt() {
    var session = protector.session("fraud");
    byte[] bytes = {1};
    assertThat(codeOf(() -> session.protect(NAME, bytes))).isEqualTo(ReturnCode.UNSUPPORTED_ACTION);
    assertThat(codeOf(() -> session.unprotect(NAME, bytes)))
        .isEqualTo(ReturnCode.UNSUPPORTED_ACTION);
  }

  @Test
  void bytesWithoutEncryptionPassAndAreMaskedForNobody() {
    byte[] bytes = {(byte) 0xff, 0, 1};
    byte[] same = protector.session("loader").protect(NOTE, bytes);
    assertThat(same).isEqualTo(bytes);
    assertThat(codeOf(() -> protector.session("support").unprotect(NOTE, bytes)))
        .isEqualTo(ReturnCode.UNSUPPORTED_ACTION);
    assertThat(protector.session("fraud").unprotect(NOTE, bytes)).isEqualTo(bytes);
  }

  @Test
  void aNullValueIsOutOfLimits() {
    var session = protector.session("fraud");
    var error = error(() -> session.protect(NAME, new String[] {"a", null}));
    assertThat(error.code()).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
    assertThat(error.index()).hasValue(1);
  }

  @Test
  void aMaskHidesWhatIsRevealed() {
    String card = protector.session("loader").protect(CARD, CARD_NUMBER);
    assertThat(protector.session("support").unprotect(CARD, card)).isEqualTo("************1111");
  }

  @Test
  void delimitersPutIntoATokenDoNotMoveAMask() {
    String number = protector.session("loader").protect(NUMBER, "123");
    var support = protector.session("support");
    assertThat(support.unprotect(NUMBER, number)).isEqualTo("***");
    assertThat(support.unprotect(NUMBER, "-----" + number)).isEqualTo("****-***");
  }

  @Test
  void aMaskHidesEncryptedTextToo() {
    String text = protector.session("loader").protect(TEXT, "Zoë 🐟 12");
    assertThat(protector.session("support").unprotect(TEXT, text)).isEqualTo("****🐟 12");
  }

  @Test
  void maskedBytesCannotBeHad() {
    byte[] sealed = protector.session("loader").protect(TEXT, "a secret".getBytes(UTF_8));
    assertThat(codeOf(() -> protector.session("support").unprotect(TEXT, sealed)))
        .isEqualTo(ReturnCode.UNSUPPORTED_ACTION);
  }

  @Test
  void theUserNameIsComparedWithoutItsCase() {
    var session = protector.session("FRAUD");
    assertThat(session.unprotect(NAME, session.protect(NAME, "anna"))).isEqualTo("anna");
  }

  @Test
  void withoutAccessARuleAnswersWithTheProtectedValue() {
    String[] tokens = protector.session("loader").protect(NAME, new String[] {"anna", "bert"});
    assertThat(protector.session("analyst").unprotect(NAME, tokens))
        .containsExactly(tokens)
        .isNotSameAs(tokens);
  }

  @Test
  void withoutAccessARuleAnswersWithNull() {
    assertThat(protector.session("analyst").unprotect(EMAIL, new String[] {"a@b.example", "x"}))
        .containsExactly(null, null);
    assertThat(protector.session("analyst").unprotect(EMAIL, "not even an address")).isNull();
  }

  @Test
  void withoutAccessARuleAnswersWithAnError() {
    var error = error(() -> protector.session("analyst").unprotect(CARD, CARD_NUMBER));
    assertThat(error.code()).isEqualTo(ReturnCode.NO_PERMISSION);
    assertThat(error.isRefusal()).isTrue();
    assertThat(error.index()).isEmpty();
  }

  @Test
  void protectWithoutTheRightIsAnError() {
    for (String user : List.of("support", "analyst", "mover")) {
      assertThat(codeOf(() -> protector.session(user).protect(NAME, "anna")))
          .isEqualTo(ReturnCode.NO_PERMISSION);
    }
  }

  @Test
  void anUnknownUserIsCode1AndAnUnknownElementCode2AndNoRuleCode3() {
    assertThat(codeOf(() -> protector.session("nobody").protect(NAME, "anna")))
        .isEqualTo(ReturnCode.USER_NOT_IN_POLICY);
    assertThat(codeOf(() -> protector.session("fraud").protect("DE_NONE", "anna")))
        .isEqualTo(ReturnCode.ELEMENT_NOT_IN_POLICY);
    assertThat(codeOf(() -> protector.session("quiet").unprotect(CARD, CARD_NUMBER)))
        .isEqualTo(ReturnCode.NO_PERMISSION);
  }

  @Test
  void aRefusedAndAFailedUnprotectHaveOneText() {
    var fraud = protector.session("fraud");
    String altered = Base64.getEncoder().encodeToString(new byte[64]);
    var failed = error(() -> fraud.unprotect(TEXT, altered));
    var noBase64 = error(() -> fraud.unprotect(TEXT, "***"));
    var shortValue = error(() -> fraud.unprotect(NUMBER, "1"));
    var refused = error(() -> protector.session("analyst").unprotect(CARD, CARD_NUMBER));
    assertThat(failed.code()).isEqualTo(ReturnCode.INTEGRITY_CHECK_FAILED);
    assertThat(noBase64.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(shortValue.code()).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(refused.code()).isEqualTo(ReturnCode.NO_PERMISSION);
    assertThat(List.of(failed, noBase64, shortValue, refused))
        .extracting(Throwable::getMessage)
        .containsOnly("The value could not be unprotected.");
    assertThat(List.of(failed, noBase64, shortValue, refused))
        .extracting(Throwable::getCause)
        .containsOnlyNulls();
  }

  @Test
  void reprotectMovesAValueWithoutShowingIt() {
    String old = protector.session("loader").protect(NAME, "anna");
    String moved = protector.session("mover").reprotect(NAME, NAME_2, old);
    assertThat(moved).isEqualTo(protector.session("loader").protect(NAME_2, "anna"));
    String sealed = protector.session("mover").reprotect(NAME, TEXT, old);
    assertThat(protector.session("fraud").unprotect(TEXT, sealed)).isEqualTo("anna");
  }

  @Test
  void reprotectTakesAnExternalIvForEachSide() {
    var fraud = protector.session("fraud");
    byte[] one = {1};
    byte[] two = {2};
    String old = fraud.protect(NAME, "annabelle", one);
    String moved = fraud.reprotect(NAME, NAME_2, old, one, two);
    assertThat(moved).isEqualTo(fraud.protect(NAME_2, "annabelle", two));
  }

  @Test
  void reprotectOfBytesKeepsThem() {
    byte[] clear = {(byte) 0xff, 0, 7};
    byte[] sealed = protector.session("loader").protect(TEXT, clear);
    byte[] moved = protector.session("mover").reprotect(TEXT, BLOCKS, sealed);
    assertThat(protector.session("fraud").unprotect(BLOCKS, moved)).isEqualTo(clear);
  }

  @Test
  void anExternalIvVariesBytesToo() throws IOException {
    PolicySnapshot policy = PackageWorkshop.policy();
    List<DataElement> elements =
        policy.dataElements().stream()
            .map(
                e ->
                    Set.of(NAME, NAME_2).contains(e.name())
                        ? new DataElement(e.uid(), e.name(), new BinaryToken(null, 0, 0))
                        : e)
            .toList();
    List<Rule> rules =
        policy.rules().stream()
            .filter(r -> r.noAccessOperation() != NoAccessOperation.PROTECTED_VALUE)
            .toList();
    var changed =
        new PolicySnapshot(elements, policy.masks(), policy.roles(), rules, policy.applications());
    try (Protector other = open(workshop.seal("binary.json", 3, changed), AuditSink.none())) {
      var fraud = other.session("fraud");
      byte[] one = {1};
      byte[] two = {2};
      byte[] clear = {(byte) 0xff, 0, 1, 2, 3};
      byte[] token = fraud.protect(NAME, clear, one);
      assertThat(token).isNotEqualTo(fraud.protect(NAME, clear));
      assertThat(fraud.unprotect(NAME, token, one)).isEqualTo(clear);
      byte[] moved = other.session("mover").reprotect(NAME, NAME_2, token, one, two);
      assertThat(moved).isEqualTo(fraud.protect(NAME_2, new byte[][] {clear}, two)[0]);
      assertThat(fraud.unprotect(NAME_2, new byte[][] {moved}, two)[0]).isEqualTo(clear);
    }
  }

  @Test
  void reprotectShowsNothingThatTheOldElementHides() {
    String sealed = protector.session("loader").protect(TEXT, "Anna Keller 19800412");
    assertThat(codeOf(() -> protector.session("mover").reprotect(TEXT, PHONE, sealed)))
        .isEqualTo(ReturnCode.PROTECT_FAILED);
    String name = protector.session("loader").protect(NAME, "anna");
    assertThat(codeOf(() -> protector.session("mover").reprotect(NAME, PHONE, name + "111")))
        .isEqualTo(ReturnCode.PROTECT_FAILED);
    String moved = protector.session("fraud").reprotect(TEXT, PHONE, sealed);
    assertThat(moved).startsWith("Anna Keller ").doesNotContain("19800412");
    String number = protector.session("loader").protect(TEXT, "19800412");
    assertThat(protector.session("mover").reprotect(TEXT, PHONE, number)).hasSize(8);
  }

  @Test
  void reprotectIntoNoProtectionNeedsTheRightToSeeTheValue() {
    String old = protector.session("loader").protect(NAME, "annabelle");
    for (String user : List.of("mover", "support")) {
      assertThat(codeOf(() -> protector.session(user).reprotect(NAME, NOTE, old)))
          .isEqualTo(ReturnCode.NO_PERMISSION);
    }
    assertThat(protector.session("fraud").reprotect(NAME, NOTE, old)).isEqualTo("annabelle");
  }

  @Test
  void reprotectIntoShortValuesAsTheyAreNeedsTheRightToSeeTheValue() throws IOException {
    var returningShort =
        new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.NO_RETURN_INPUT);
    PolicySnapshot policy = PackageWorkshop.policy();
    List<DataElement> elements =
        policy.dataElements().stream()
            .map(
                e -> e.name().equals(NAME_2) ? new DataElement(e.uid(), NAME_2, returningShort) : e)
            .toList();
    var changed =
        new PolicySnapshot(
            elements, policy.masks(), policy.roles(), policy.rules(), policy.applications());
    try (Protector other = open(workshop.seal("short.json", 3, changed), records::add)) {
      String old = other.session("loader").protect(NAME, "al");
      for (String user : List.of("mover", "support")) {
        assertThat(codeOf(() -> other.session(user).reprotect(NAME, NAME_2, old)))
            .isEqualTo(ReturnCode.NO_PERMISSION);
      }
      assertThat(other.session("fraud").reprotect(NAME, NAME_2, old)).isEqualTo("al");
    }
  }

  @Test
  void reprotectNeedsTheRightWithBothElements() {
    String old = protector.session("loader").protect(NAME, "anna");
    assertThat(codeOf(() -> protector.session("loader").reprotect(NAME, NAME_2, old)))
        .isEqualTo(ReturnCode.NO_PERMISSION);
    assertThat(codeOf(() -> protector.session("quiet").reprotect(NAME, NAME_2, old)))
        .isEqualTo(ReturnCode.NO_PERMISSION);
  }

  @Test
  void aFailedReprotectSaysNothingOfTheClearValue() {
    String one = protector.session("loader").protect(NAME, "1");
    String letters = protector.session("loader").protect(NAME, "no number");
    for (String value : List.of(one, letters)) {
      var error = error(() -> protector.session("mover").reprotect(NAME, PHONE, value));
      assertThat(error.code()).isEqualTo(ReturnCode.PROTECT_FAILED);
      assertThat(error).hasMessage("The value could not be reprotected.");
    }
  }

  @Test
  void aBulkCallLeavesOneRecordWithItsCount() {
    protector.session("loader").protect(NAME, new String[] {"anna", "bert", "carl"});
    assertThat(records).singleElement().satisfies(this::isTheRecordOfThreeProtectedNames);
  }

  private void isTheRecordOfThreeProtectedNames(AuditRecord auditRecord) {
    assertThat(auditRecord.count()).isEqualTo(3);
    assertThat(auditRecord.code()).isEqualTo(ReturnCode.PROTECTED);
    assertThat(auditRecord.level()).isEqualTo(AuditLevel.SUCCESS);
    assertThat(auditRecord.operation()).isEqualTo(Operation.PROTECT);
    assertThat(auditRecord.user()).isEqualTo("loader");
    assertThat(auditRecord.dataElement()).isEqualTo(NAME);
    assertThat(auditRecord.oldDataElement()).isEmpty();
  }

  @Test
  void refusalsAndFailuresAreRecordedWithTheirCode() {
    error(() -> protector.session("analyst").unprotect(CARD, CARD_NUMBER));
    protector.session("analyst").unprotect(EMAIL, "a@b.example");
    error(() -> protector.session("nobody").protect(NAME, "anna"));
    error(() -> protector.session("fraud").protect(NUMBER, "1"));
    error(() -> protector.session("mover").reprotect(NAME, NOTE, "anna"));
    assertThat(records)
        .extracting(auditRecord -> auditRecord.code().number())
        .containsExactly(3, 3, 1, 22, 3);
    assertThat(records)
        .extracting(AuditRecord::level)
        .containsExactly(
            AuditLevel.WARNING,
            AuditLevel.WARNING,
            AuditLevel.WARNING,
            AuditLevel.ERROR,
            AuditLevel.WARNING);
    assertThat(records.get(4).oldDataElement()).contains(NAME);
  }

  @Test
  void whatARotatedKeyProtectedIsRevealedAndRecordedAsCode11() throws IOException {
    PolicySnapshot policy = PackageWorkshop.policy();
    List<DataElement> elements =
        policy.dataElements().stream()
            .map(e -> e.name().equals(TEXT) ? new DataElement(e.uid(), TEXT, withKeyId()) : e)
            .toList();
    var keyed =
        new PolicySnapshot(
            elements, policy.masks(), policy.roles(), policy.rules(), policy.applications());
    String old;
    try (Protector before = open(workshop.seal("one-key.json", 3, keyed), AuditSink.none())) {
      old = before.session("fraud").protect(TEXT, "anna");
    }
    try (Protector after =
        open(workshop.sealWithKeys("two-keys.json", 4, keyed, 2), records::add)) {
      var fraud = after.session("fraud");
      String now = fraud.protect(TEXT, "anna");
      assertThat(Base64.getDecoder().decode(old)).startsWith(0, 1);
      assertThat(Base64.getDecoder().decode(now)).startsWith(0, 2);
      assertThat(fraud.unprotect(TEXT, new String[] {old, now, old}))
          .containsExactly("anna", "anna", "anna");
      assertThat(fraud.unprotect(TEXT, Base64.getDecoder().decode(old)))
          .isEqualTo("anna".getBytes(UTF_8));
      assertThat(fraud.reprotect(TEXT, NAME, old)).isEqualTo(fraud.protect(NAME, "anna"));
      assertThat(records)
          .extracting(auditRecord -> auditRecord.code().number())
          .containsExactly(6, 8, 11, 11, 50, 6);
      assertThat(records).extracting(AuditRecord::count).containsExactly(1L, 1L, 2L, 1L, 1L, 1L);
      assertThat(records).extracting(AuditRecord::level).containsOnly(AuditLevel.SUCCESS);
      byte[] ofNoKey = {0, 3, 1};
      assertThat(codeOf(() -> fraud.unprotect(TEXT, ofNoKey)))
          .isEqualTo(ReturnCode.DATA_KEY_NOT_LOADED);
    }
  }

  @Test
  void tokensOverAnAlphabetOfThePolicyAreHadAsTextAndAsBytes() throws IOException {
    PolicySnapshot policy = PackageWorkshop.policy();
    var alphabet = new PolicyAlphabet("1", "han", CodePoints.parse("4E00-9FFF"));
    var method = new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, 0, 0, true, AllowShort.YES);
    List<DataElement> elements =
        policy.dataElements().stream()
            .map(e -> e.name().equals(NAME) ? new DataElement(e.uid(), NAME, method) : e)
            .toList();
    var changed =
        new PolicySnapshot(
            elements,
            policy.masks(),
            List.of(alphabet),
            policy.roles(),
            policy.rules(),
            policy.applications());
    try (Protector other = open(workshop.seal("han.json", 3, changed), AuditSink.none())) {
      var fraud = other.session("fraud");
      String token = fraud.protect(NAME, "中文 42");
      assertThat(token).hasSize(5).endsWith(" 42").isNotEqualTo("中文 42");
      assertThat(fraud.unprotect(NAME, token)).isEqualTo("中文 42");
      byte[] clear = "中文 42".getBytes(UTF_8);
      assertThat(fraud.protect(NAME, clear)).isEqualTo(token.getBytes(UTF_8));
      byte[] iv = {1};
      byte[] varied = fraud.protect(NAME, clear, iv);
      assertThat(varied).isEqualTo(fraud.protect(NAME, "中文 42", iv).getBytes(UTF_8));
      assertThat(fraud.unprotect(NAME, varied, iv)).isEqualTo(clear);
      byte[][] asTheyCame = {varied, null};
      byte[][] answered = other.session("analyst").unprotect(NAME, asTheyCame, iv);
      assertThat(answered).isDeepEqualTo(asTheyCame);
      assertThat(answered[0]).as("the caller may wipe its own").isNotSameAs(varied);
    }
  }

  private static Aes256GcmEnc withKeyId() {
    return new Aes256GcmEnc(true);
  }

  @Test
  void theFirstValueThatFailsIsNamedWhicheverStepItFailsIn() {
    var fraud = protector.session("fraud");
    String good = fraud.protect(TEXT, "anna");
    var error = error(() -> fraud.unprotect(TEXT, new String[] {good, "AAAA", "***"}));
    assertThat(error.code()).isEqualTo(ReturnCode.INTEGRITY_CHECK_FAILED);
    assertThat(error.index()).hasValue(1);
    var turned = error(() -> fraud.unprotect(TEXT, new String[] {good, "***", "AAAA"}));
    assertThat(turned.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(turned.index()).hasValue(1);
    String name = fraud.protect(NAME, "12345678");
    String letters = fraud.protect(NAME, "no number");
    var moved = error(() -> fraud.reprotect(NAME, PHONE, new String[] {name, letters, null, name}));
    assertThat(moved.code()).isEqualTo(ReturnCode.PROTECT_FAILED);
    assertThat(moved.index()).hasValue(1);
    var missing = error(() -> fraud.reprotect(NAME, PHONE, new String[] {name, null, letters}));
    assertThat(missing.code()).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
    assertThat(missing.index()).hasValue(1);
  }

  @Test
  void aMaskedResultIsRecordedAsMasked() {
    String name = protector.session("loader").protect(NAME, "annabelle");
    protector.session("support").unprotect(NAME, name);
    protector.session("fraud").unprotect(NAME, name);
    assertThat(records).extracting(AuditRecord::masked).containsExactly(false, true, false);
  }

  @Test
  void aRuleWithoutAuditFlagsLeavesNoRecord() {
    protector.session("quiet").unprotect(NAME, "anna");
    error(() -> protector.session("quiet").protect(NAME, "anna"));
    assertThat(records).isEmpty();
  }

  @Test
  void aReprotectIntoAnElementWithoutARuleIsRecordedWhateverTheOldOnesFlags() throws IOException {
    PolicySnapshot policy = PackageWorkshop.policy();
    var reprotects = new RulePermission(new Permissions(false, true, false), AuditFlags.NONE);
    List<Rule> rules =
        policy.rules().stream()
            .map(
                rule ->
                    rule.role().equals("6")
                        ? new Rule("6", "1", null, NoAccessOperation.EXCEPTION, reprotects)
                        : rule)
            .toList();
    var changed =
        new PolicySnapshot(
            policy.dataElements(), policy.masks(), policy.roles(), rules, policy.applications());
    try (Protector other = open(workshop.seal("moving.json", 3, changed), records::add)) {
      error(() -> other.session("quiet").reprotect(NAME, NAME_2, "anna"));
      assertThat(records)
          .singleElement()
          .satisfies(
              auditRecord -> {
                assertThat(auditRecord.code()).isEqualTo(ReturnCode.NO_PERMISSION);
                assertThat(auditRecord.dataElement()).isEqualTo(NAME_2);
                assertThat(auditRecord.oldDataElement()).contains(NAME);
              });
    }
  }

  @Test
  void aRecordNeverHoldsAValue() {
    protector
        .session("fraud")
        .unprotect(NAME, protector.session("fraud").protect(NAME, "annabelle"));
    error(() -> protector.session("fraud").unprotect(CARD, "annabelle"));
    assertThat(records)
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.toJson()).doesNotContain("annabelle"));
  }

  @Test
  void aRecordsJsonHasThePublishedMembers() {
    protector.session("fraud").reprotect(NAME, NAME_2, "anna");
    assertThat(records.get(0).toJson())
        .startsWith(
            "{\"logtype\":\"Protection\",\"level\":\"SUCCESS\",\"cnt\":1,\"correlationid\":\"")
        .contains("\"audit_code\":50")
        .contains("\"operation\":\"reprotect\"")
        .contains("\"dataelement\":\"DE_NAME_2\",\"old_dataelement\":\"DE_NAME\"")
        .contains("\"policy_user\":\"fraud\"")
        .contains("\"datastore\":\"7\"")
        .contains("\"deployment_id\":2")
        .doesNotContain("\n");
  }

  @Test
  void nothingIsRevealedThatCannotBeRecorded() throws IOException {
    AuditSink full =
        auditRecord -> {
          throw new IOException("No space left on device");
        };
    try (Protector unaudited = open(workshop.packageFile(), full)) {
      String name = protector.session("fraud").protect(NAME, "anna");
      assertThat(codeOf(() -> unaudited.session("fraud").unprotect(NAME, name)))
          .isEqualTo(ReturnCode.LOGS_NOT_SENT);
    }
  }

  @Test
  void nothingIsRevealedOnceAPrintedStreamWasFull() throws IOException {
    var full = new AtomicBoolean();
    var disk =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            if (full.get()) {
              throw new IOException("No space left on device");
            }
          }
        };
    var printed = new PrintStream(disk, false, UTF_8);
    try (Protector audited = open(workshop.packageFile(), new AuditStream(printed))) {
      var session = audited.session("fraud");
      String name = session.protect(NAME, "anna");
      full.set(true);
      assertThat(codeOf(() -> session.unprotect(NAME, name))).isEqualTo(ReturnCode.LOGS_NOT_SENT);
      full.set(false);
      assertThat(codeOf(() -> session.unprotect(NAME, name)))
          .as("such a stream does not say which records it lost")
          .isEqualTo(ReturnCode.LOGS_NOT_SENT);
    }
  }

  @Test
  void aSinkThatThrowsWhateverExceptionRevealsNothing() throws IOException {
    AuditSink careless =
        auditRecord -> {
          throw new IllegalArgumentException("port out of range: " + auditRecord);
        };
    try (Protector unaudited = open(workshop.packageFile(), careless)) {
      var error = error(() -> unaudited.session("fraud").protect(NAME, "anna"));
      assertThat(error.code()).isEqualTo(ReturnCode.LOGS_NOT_SENT);
      assertThat(error).hasMessage("The audit record cannot be written.").hasNoCause();
    }
  }

  @Test
  void recordsThatWaitCanBePassedOnAndAFailureIsCode51() throws IOException {
    var aggregation = new AuditAggregation(records::add, Duration.ofDays(1));
    try (Protector patient = open(workshop.packageFile(), aggregation)) {
      patient.session("fraud").protect(NAME, "anna");
      assertThat(records).isEmpty();
      patient.flushAudit();
      assertThat(records).hasSize(1);
    }
    AuditSink full =
        auditRecord -> {
          throw new IOException("No space left on device");
        };
    Protector unaudited =
        open(workshop.packageFile(), new AuditAggregation(full, Duration.ofDays(1)));
    unaudited.session("fraud").protect(NAME, "anna");
    assertThat(
            codeOf(
                () -> {
                  unaudited.flushAudit();
                  return null;
                }))
        .isEqualTo(ReturnCode.LOGS_NOT_SENT);
    assertThatThrownBy(unaudited::close).isInstanceOf(IOException.class);
  }

  @Test
  void recordsGoToAFileOfTheirOwnerInTheStateDirectory() throws IOException {
    try (Protector withFile =
        Protector.open(
            workshop.packageFile(),
            PemDecryptor.of(workshop.privateKey()),
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state())) {
      withFile.session("fraud").protect(NAME, "anna");
      withFile.session("fraud").protect(NAME, "bert");
    }
    Path file = workshop.state().resolve("audit.jsonl");
    assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("}"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workshop.state())))
        .isEqualTo("rwx------");
  }

  @Test
  void anOlderPackageIsRefusedOnceANewerWasAccepted() {
    assertThatThrownBy(() -> open(workshop.file("rps-1.json"), AuditSink.none()))
        .isInstanceOfSatisfying(
            PackageException.class,
            e -> assertThat(e.problem()).isEqualTo(PackageProblem.ROLLED_BACK));
  }

  @Test
  void theMemoryOfADataElementCanBeAskedFor() {
    assertThat(protector.tableBytes(NUMBER)).isZero();
    protector.session("fraud").protect(NUMBER, "123456");
    assertThat(protector.tableBytes(NUMBER)).isEqualTo(4 * 1000);
    assertThatThrownBy(() -> protector.tableBytes("DE_NONE"))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aClosedProtectorCannotBeUsed() throws IOException {
    var session = protector.session("fraud");
    session.protect(NAME, "anna");
    protector.close();
    assertThatThrownBy(() -> session.protect(NAME, "anna"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSessionNeedsAUser() {
    assertThatThrownBy(() -> protector.session(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalThreadsShareOneSession() throws Exception {
    var session = protector.session("fraud");
    List<String> elements = PackageWorkshop.textElements();
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Optional<String>>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String element = elements.get(i % elements.size());
        String clear = element.equals(EMAIL) ? "user%d@example.org".formatted(i) : CARD_NUMBER;
        results.add(
            threads.submit(
                () ->
                    Optional.of(session.unprotect(element, session.protect(element, clear)))
                        .filter(revealed -> !revealed.equals(clear))));
      }
      for (Future<Optional<String>> wrong : results) {
        assertThat(wrong.get()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(records).hasSize(400);
  }
}
