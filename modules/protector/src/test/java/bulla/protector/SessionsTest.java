package bulla.protector;

import static bulla.protector.PackageWorkshop.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.AlphaNumericToken;
import bulla.protection.DateTimeToken;
import bulla.protection.DateToken;
import bulla.protection.FpeNumeric;
import bulla.protection.IntegerToken;
import bulla.protection.NumericToken;
import bulla.protection.ReturnCode;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.Application;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time-outs, Java types, tweaks and trusted applications. */
class SessionsTest {
  private static final byte[] TENANT = "tenant 1".getBytes(StandardCharsets.US_ASCII);
  private static final String ONE_TEXT = "The value could not be unprotected.";

  @TempDir private Path directory;
  private PackageWorkshop workshop;
  private Protector protector;
  private final List<AuditRecord> records = new ArrayList<>();
  private long serial = 10;

  @BeforeEach
  void openWithoutApplications() throws IOException {
    workshop = PackageWorkshop.in(directory);
    protector = open(List.of(), ApplicationIdentity.ofProcess());
  }

  @AfterEach
  void close() throws IOException {
    protector.close();
  }

  private Protector open(List<Application> trusted, ApplicationIdentity application)
      throws IOException {
    serial++;
    return Protector.open(
        workshop.seal(
            "typed.json",
            serial,
            PackageWorkshop.policyOf(
                List.of(
                    element("1", "DE_INT", new IntegerToken(4, null)),
                    element("2", "DE_SHORT", new IntegerToken(2, null)),
                    element("3", "DE_LONG", new IntegerToken(8, null)),
                    element("4", "DE_DATE", new DateToken(null, null)),
                    element("5", "DE_TIME", new DateTimeToken(null, true, null, null)),
                    element("6", "DE_NAME", new AlphaNumericToken(null, null, null, null, null)),
                    element("7", "DE_FPE", new FpeNumeric(null, null, null, null, null)),
                    element("8", "DE_DIGITS", new NumericToken(null, null, null, null, null)),
                    element("9", "DE_TEXT", new Aes256GcmEnc()),
                    element("10", "DE_INT_2", new IntegerToken(4, null))),
                trusted)),
        PemDecryptor.of(workshop.privateKey()),
        TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
        workshop.state(),
        records::add,
        application);
  }

  private static ProtectorException error(Callable<?> call) {
    return catchThrowableOfType(ProtectorException.class, call::call);
  }

  @Test
  void aSessionEndsWhenItHasRestedTooLongAndEachUseBeginsItsRestAnew() {
    var nanos = new AtomicLong(Long.MAX_VALUE - 5);
    Session session = protector.session("fraud", new Rest(Protector.SESSION_TIME_OUT, nanos::get));
    long almost = Protector.SESSION_TIME_OUT.toNanos();
    for (int i = 0; i < 3; i++) {
      nanos.addAndGet(almost);
      assertThat(session.protect("DE_NAME", "anna")).isNotEqualTo("anna");
    }
    nanos.addAndGet(almost + 1);
    assertThatThrownBy(() -> session.protect("DE_NAME", "anna"))
        .isInstanceOf(SessionTimeoutException.class)
        .hasMessage("Session timeout or invalid");
    nanos.addAndGet(-almost);
    assertThatThrownBy(() -> session.unprotect("DE_NAME", "anna"))
        .as("for good")
        .isInstanceOf(SessionTimeoutException.class);
    assertThat(protector.session("fraud").protect("DE_NAME", "anna")).isNotEqualTo("anna");
  }

  @Test
  void theTimeOutIsTheCallersChoice() {
    assertThat(Protector.SESSION_TIME_OUT).isEqualTo(Duration.ofMinutes(15));
    assertThat(protector.session("fraud", Duration.ofDays(1)).protect("DE_NAME", "anna"))
        .isNotEqualTo("anna");
    assertThatThrownBy(() -> protector.session("fraud", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersDatesAndCharactersComeBack() {
    var session = protector.session("fraud");
    comesBack(session.as(ValueType.INT), "DE_INT", -2_000_000_000);
    comesBack(session.as(ValueType.SHORT), "DE_SHORT", (short) 77);
    comesBack(session.as(ValueType.LONG), "DE_LONG", 9_000_000_000_000L);
    comesBack(session.as(ValueType.DATE), "DE_DATE", LocalDate.of(1969, 7, 20));
    comesBack(session.as(ValueType.DATE), "DE_TIME", LocalDate.of(1969, 7, 20));
    comesBack(
        session.as(ValueType.DATE_TIME),
        "DE_TIME",
        LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_000_000));
    char[] name = "Zoë O'Hara".toCharArray();
    TypedSession<char[]> characters = session.as(ValueType.CHARS);
    char[] token = characters.protect("DE_NAME", name);
    assertThat(token).isNotEqualTo(name);
    assertThat(characters.unprotect("DE_NAME", token)).isEqualTo(name);
  }

  private static <T> void comesBack(TypedSession<T> session, String element, T clear) {
    T token = session.protect(element, clear);
    assertThat(token).isNotEqualTo(clear);
    assertThat(session.unprotect(element, token)).isEqualTo(clear);
  }

  @Test
  void arraysOfNumbersVaryByAnIvAndMoveToAnotherElement() {
    TypedSession<Integer> ints = protector.session("fraud").as(ValueType.INT);
    Integer[] clear = {1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};
    Integer[] plain = ints.protect("DE_INT", clear, null);
    Integer[] varied = ints.protect("DE_INT", clear, TENANT);
    assertThat(varied).isNotEqualTo(plain);
    assertThat(ints.unprotect("DE_INT", varied, TENANT)).isEqualTo(clear);
    Integer[] moved = ints.reprotect("DE_INT", "DE_INT_2", varied, TENANT, null);
    assertThat(moved).isEqualTo(ints.protect("DE_INT_2", clear, null));
    assertThat(ints.unprotect("DE_INT_2", ints.reprotect("DE_INT", "DE_INT_2", plain[1])))
        .isEqualTo(-1);
    assertThat(ints.protect("DE_INT", clear)).isEqualTo(plain);
    assertThat(ints.unprotect("DE_INT", plain)).isEqualTo(clear);
    assertThat(ints.reprotect("DE_INT", "DE_INT_2", plain)).isEqualTo(moved);
  }

  @Test
  void aNullThatARuleAnswersIsNull() {
    var nobody = protector.session("somebody else");
    assertThat(nobody.as(ValueType.INT).unprotect("DE_INT", 7)).isNull();
    assertThat(nobody.as(ValueType.INT).unprotect("DE_INT", new Integer[] {7, 8}, null))
        .containsOnlyNulls();
    assertThat(error(() -> nobody.as(ValueType.INT).protect("DE_INT", 7)).code())
        .isEqualTo(ReturnCode.NO_PERMISSION);
  }

  @Test
  void whatIsNoValueOfTheTypeIsRefusedByTheOneTextAndItsIndex() {
    var session = protector.session("fraud");
    ProtectorException wrong =
        error(() -> session.as(ValueType.INT).protect("DE_TEXT", new Integer[] {1, 2}, null));
    assertThat(wrong.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(wrong.index()).hasValue(0);
    assertThat(wrong.getMessage()).doesNotContain("1").doesNotContain("2");
    ProtectorException clear =
        error(() -> session.as(ValueType.SHORT).unprotect("DE_INT", (short) 5));
    assertThat(clear).hasMessage(ONE_TEXT);
    assertThat(
            error(
                    () ->
                        session
                            .as(ValueType.DATE_TIME)
                            .protect("DE_TIME", LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1)))
                .code())
        .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(error(() -> session.as(ValueType.INT).unprotect("DE_INT", (Integer) null)))
        .hasMessage(ONE_TEXT);
  }

  /** The Julian calendar has days that no LocalDate is; dates have them for tokens too. */
  @Test
  void aDateWhoseTokenIsNoLocalDateFailsOnItsOwnAndIsRecordedSo() {
    var session = protector.session("fraud");
    LocalDate date = LocalDate.parse(session.unprotect("DE_DATE", "0700-02-29"));
    LocalDate[] dates = {LocalDate.of(1969, 7, 20), date, LocalDate.of(2012, 2, 29)};
    records.clear();
    ProtectorException refused =
        error(() -> session.as(ValueType.DATE).protect("DE_DATE", dates, null));
    assertThat(refused.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(refused.index()).hasValue(1);
    assertThat(records).extracting(AuditRecord::code).containsExactly(ReturnCode.CONTENT_NOT_VALID);
    // Its text has one, which comes back.
    String text = session.protect("DE_DATE", date.toString());
    assertThat(text).isEqualTo("0700-02-29");
    assertThat(session.unprotect("DE_DATE", text)).isEqualTo(date.toString());
    records.clear();
    LocalDate[] tokens =
        session.as(ValueType.DATE).protect("DE_DATE", new LocalDate[] {dates[0], dates[2]}, null);
    assertThat(session.as(ValueType.DATE).unprotect("DE_DATE", tokens, null))
        .containsExactly(dates[0], dates[2]);
    assertThat(records)
        .extracting(AuditRecord::code)
        .containsExactly(ReturnCode.PROTECTED, ReturnCode.UNPROTECTED);
  }

  @Test
  void aUserWithoutRightsIsRefusedBeforeAnyValueIsLookedAt() {
    var nobody = protector.session("somebody else").as(ValueType.DATE_TIME);
    LocalDateTime tooFine = LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1);
    ProtectorException refused = error(() -> nobody.protect("DE_TIME", tooFine));
    assertThat(refused.code()).isEqualTo(ReturnCode.NO_PERMISSION);
    assertThat(records)
        .singleElement()
        .satisfies(one -> assertThat(one.code()).isEqualTo(ReturnCode.NO_PERMISSION));
  }

  @Test
  void aConversionThatFailsIsRecordedAsAFailure() {
    var session = protector.session("fraud");
    LocalDateTime good = LocalDateTime.of(2026, 1, 1, 0, 0);
    LocalDateTime tooFine = LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1);
    ProtectorException before =
        error(
            () ->
                session
                    .as(ValueType.DATE_TIME)
                    .protect("DE_TIME", new LocalDateTime[] {good, tooFine}, null));
    assertThat(before.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(before.index()).hasValue(1);
    ProtectorException after =
        error(() -> session.as(ValueType.INT).protect("DE_TEXT", new Integer[] {1, 2, 3}, null));
    assertThat(after.index()).hasValue(0);
    assertThat(records)
        .extracting(one -> one.code())
        .containsExactly(ReturnCode.CONTENT_NOT_VALID, ReturnCode.CONTENT_NOT_VALID);
    assertThat(records).extracting(AuditRecord::count).containsExactly(2L, 3L);
  }

  @Test
  void aClearValueThatTheTypeCannotHoldFailsOnItsOwn() {
    var session = protector.session("fraud");
    Long good = Long.valueOf(tokenThatIsANumber(session, "1"));
    Long leadingZero = Long.valueOf(tokenThatIsANumber(session, "0"));
    records.clear();
    ProtectorException failed =
        error(
            () ->
                session
                    .as(ValueType.LONG)
                    .unprotect("DE_FPE", new Long[] {good, leadingZero, good}, null));
    assertThat(failed.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(failed.index()).hasValue(1);
    assertThat(failed).hasMessage(ONE_TEXT).hasNoCause();
    assertThat(records)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
              assertThat(one.count()).isEqualTo(3);
            });
  }

  /** Of a clear value that begins like this. */
  private static String tokenThatIsANumber(Session session, String begin) {
    for (int i = 100_000; ; i++) {
      String token = session.protect("DE_FPE", begin + i);
      if (!token.startsWith("0")) {
        return token;
      }
    }
  }

  @Test
  void aReprotectedResultThatTheTypeCannotHoldSaysNothingOfTheClearValue() {
    TypedSession<Integer> ints = protector.session("fraud").as(ValueType.INT);
    int token = ints.protect("DE_INT", 4711);
    ProtectorException failed = error(() -> ints.reprotect("DE_INT", "DE_TEXT", token));
    assertThat(failed.code()).isEqualTo(ReturnCode.PROTECT_FAILED);
    assertThat(failed).hasMessage("The value could not be reprotected.");
  }

  @Test
  void charactersAndNumbersTakeAnIvOrATweak() {
    var session = protector.session("fraud");
    TypedSession<char[]> characters = session.as(ValueType.CHARS);
    char[] card = "4111111111111111".toCharArray();
    char[] tweaked = characters.protect("DE_FPE", card, null, TENANT);
    assertThat(tweaked)
        .isEqualTo(session.protect("DE_FPE", "4111111111111111", null, TENANT).toCharArray())
        .isNotEqualTo(characters.protect("DE_FPE", card));
    assertThat(characters.unprotect("DE_FPE", tweaked, null, TENANT)).isEqualTo(card);
    assertThat(session.unprotect("DE_FPE", new String(tweaked), null, TENANT))
        .isEqualTo("4111111111111111");
    char[] moved = characters.reprotect("DE_FPE", "DE_DIGITS", tweaked, null, TENANT, TENANT, null);
    assertThat(moved).isEqualTo(characters.protect("DE_DIGITS", card, TENANT));
    assertThat(
            characters.reprotect(
                "DE_FPE", "DE_DIGITS", new char[][] {tweaked}, null, TENANT, TENANT, null))
        .isEqualTo(new char[][] {moved});
    assertThat(
            session.reprotect(
                "DE_FPE", "DE_DIGITS", new String(tweaked), null, TENANT, TENANT, null))
        .isEqualTo(new String(moved));
    assertThat(characters.unprotect("DE_DIGITS", moved, TENANT)).isEqualTo(card);
    TypedSession<Long> numbers = session.as(ValueType.LONG);
    // A token with a leading zero is no number, so some of these are tried.
    for (long number = 4_111_111_111_111_111L; ; number++) {
      String token = session.protect("DE_FPE", Long.toString(number), null, TENANT);
      if (!token.startsWith("0")) {
        assertThat(numbers.protect("DE_FPE", number, null, TENANT))
            .isEqualTo(Long.parseLong(token));
        assertThat(numbers.unprotect("DE_FPE", Long.parseLong(token), null, TENANT))
            .isEqualTo(number);
        break;
      }
    }
    assertThat(error(() -> numbers.protect("DE_LONG", 1L, null, TENANT)).code())
        .isEqualTo(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
  }

  @Test
  void aTweakIsForFf1Alone() {
    var session = protector.session("fraud");
    String[] clear = {"4111111111111111"};
    String[] tweaked = session.protect("DE_FPE", clear, null, TENANT);
    assertThat(tweaked)
        .isEqualTo(session.protect("DE_FPE", clear, TENANT))
        .isNotEqualTo(session.protect("DE_FPE", clear));
    assertThat(session.unprotect("DE_FPE", tweaked, null, TENANT)).isEqualTo(clear);
    assertThat(session.reprotect("DE_FPE", "DE_DIGITS", tweaked, null, null, TENANT, null))
        .isEqualTo(session.protect("DE_DIGITS", clear));
    assertThat(error(() -> session.protect("DE_DIGITS", clear, null, TENANT)).code())
        .isEqualTo(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
    assertThat(error(() -> session.protect("DE_FPE", clear, TENANT, TENANT)).code())
        .isEqualTo(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
    assertThat(error(() -> session.unprotect("DE_DIGITS", clear, null, TENANT)))
        .hasMessage(ONE_TEXT);
  }

  @Test
  void whereThePackageNamesTrustedApplicationsOthersGetNothing() throws IOException {
    List<Application> trusted =
        List.of(
            new Application("1", "batch", "com.example.*Batch", "svc-?"),
            new Application("2", "report", "reports", "*"));
    for (ApplicationIdentity authorized :
        List.of(
            new ApplicationIdentity(List.of("com.example.NightBatch"), "svc-1"),
            new ApplicationIdentity(List.of("main.Class", "reports"), "root"))) {
      try (Protector open = open(trusted, authorized)) {
        assertThat(open.session("fraud").protect("DE_NAME", "anna")).isNotEqualTo("anna");
      }
    }
    for (ApplicationIdentity other :
        List.of(
            new ApplicationIdentity(List.of("com.example.NightBatch"), "svc-12"),
            new ApplicationIdentity(List.of("com.example.nightbatch"), "svc-1"),
            new ApplicationIdentity(List.of("com-example.NightBatch"), "svc-1"),
            new ApplicationIdentity(List.of(), "svc-1"))) {
      try (Protector open = open(trusted, other)) {
        ProtectorException refused = error(() -> open.session("fraud"));
        assertThat(refused.code()).isEqualTo(ReturnCode.APPLICATION_NOT_AUTHORIZED);
        assertThat(refused.isRefusal()).isTrue();
      }
    }
  }

  @Test
  void anApplicationThatANewPackageDoesNotTrustAnyMoreGetsNothingMore() throws IOException {
    var identity = new ApplicationIdentity(List.of("com.example.Batch"), "svc");
    try (Protector open = open(List.of(), identity)) {
      Session session = open.session("fraud");
      String token = session.protect("DE_NAME", "anna");
      open(List.of(new Application("1", "other", "com.example.Other", "*")), identity).close();
      assertThat(open.reload()).isTrue();
      records.clear();
      ProtectorException refused = error(() -> session.unprotect("DE_NAME", token));
      assertThat(refused).hasMessage(ONE_TEXT);
      assertThat(refused.code()).isEqualTo(ReturnCode.APPLICATION_NOT_AUTHORIZED);
      assertThat(records)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.code()).isEqualTo(ReturnCode.APPLICATION_NOT_AUTHORIZED);
                assertThat(one.level()).isEqualTo(AuditLevel.WARNING);
              });
    }
  }
}
