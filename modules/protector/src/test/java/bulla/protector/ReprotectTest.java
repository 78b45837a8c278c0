package bulla.protector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.AllowShort;
import bulla.protection.BinaryToken;
import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.Protection;
import bulla.protection.ReturnCode;
import bulla.protection.Tokenizer;
import bulla.protection.UnicodeGen2Token;
import bulla.protector.EveryMethod.Shows;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.resilientpackage.policy.Rule;
import bulla.resilientpackage.policy.RulePermission;
import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mover} may reprotect from and to everything, and do nothing else. */
@TestInstance(Lifecycle.PER_CLASS)
class ReprotectTest {
  private static final String ENCRYPTED = "DE_ENCRYPTED";

  private Protector protector;
  private Session mover;
  private Session owner;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    var workshop = PackageWorkshop.in(directory);
    protector =
        Protector.open(
            workshop.seal("rps.json", 3, policy()),
            PemDecryptor.of(workshop.privateKey()),
            TrustedKeys.fromJwks(Files.readString(workshop.trustedKeys())),
            workshop.state(),
            AuditSink.none());
    mover = protector.session("mover");
    owner = protector.session("owner");
  }

  @AfterAll
  void close() throws IOException {
    protector.close();
  }

  private static PolicySnapshot policy() {
    List<DataElement> elements = new ArrayList<>();
    for (int i = 0; i < EveryMethod.ALL.size(); i++) {
      EveryMethod one = EveryMethod.ALL.get(i);
      elements.add(new DataElement(Integer.toString(i + 1), name(one), one.method()));
    }
    elements.add(new DataElement("101", ENCRYPTED, new Aes256GcmEnc()));
    List<Rule> rules = new ArrayList<>();
    for (DataElement element : elements) {
      rules.add(rule("1", element, new Permissions(false, true, false)));
      rules.add(rule("2", element, Permissions.ALL));
    }
    return new PolicySnapshot(
        elements,
        List.of(),
        List.of(new PolicyAlphabet("1", "han", CodePoints.parse("4E00-9FFF"))),
        List.of(
            new PolicyRole("1", "movers", false, List.of("mover")),
            new PolicyRole("2", "owners", false, List.of("owner"))),
        rules,
        List.of());
  }

  private static Rule rule(String role, DataElement element, Permissions access) {
    return new Rule(
        role,
        element.uid(),
        null,
        NoAccessOperation.EXCEPTION,
        new RulePermission(access, AuditFlags.NONE));
  }

  private static String name(EveryMethod one) {
    return "DE_" + EveryMethod.ALL.indexOf(one);
  }

  static List<EveryMethod> everyMethod() {
    return EveryMethod.ALL;
  }

  private static ReturnCode codeOf(Callable<?> call) {
    ProtectorException error = catchThrowableOfType(ProtectorException.class, call::call);
    assertThat(error).as("it gives a result").isNotNull();
    return error.code();
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void whoMayNotReadAnEncryptedTextMovesItOnlyToWhereNothingOfItIsShown(EveryMethod to) {
    String encrypted = owner.protect(ENCRYPTED, to.clear());
    if (to.shows() == Shows.NOTHING) {
      String moved = mover.reprotect(ENCRYPTED, name(to), encrypted);
      if (!to.isHash()) {
        assertThat(owner.unprotect(name(to), moved)).isEqualTo(to.clear());
      }
    } else {
      assertThat(codeOf(() -> mover.reprotect(ENCRYPTED, name(to), encrypted)))
          .isEqualTo(
              to.shows() == Shows.A_PART ? ReturnCode.PROTECT_FAILED : ReturnCode.NO_PERMISSION);
      if (to.isQuick()) {
        String moved = owner.reprotect(ENCRYPTED, name(to), encrypted);
        assertThat(owner.unprotect(name(to), moved)).isEqualTo(to.clear());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void theSameHoldsForBytes(EveryMethod to) {
    byte[] clear = to.clear().getBytes(UTF_8);
    byte[] encrypted = owner.protect(ENCRYPTED, clear);
    ReturnCode refused = null;
    if (to.shows() == Shows.PERHAPS_ALL) {
      refused = ReturnCode.NO_PERMISSION;
    } else if (!to.takesBytes()) {
      refused = ReturnCode.UNSUPPORTED_ACTION;
    } else if (to.shows() == Shows.A_PART || to.method().protectsToText()) {
      refused = ReturnCode.PROTECT_FAILED;
    }
    if (refused != null) {
      assertThat(codeOf(() -> mover.reprotect(ENCRYPTED, name(to), encrypted))).isEqualTo(refused);
    } else {
      byte[] moved = mover.reprotect(ENCRYPTED, name(to), encrypted);
      if (!to.isHash()) {
        assertThat(owner.unprotect(name(to), moved)).isEqualTo(clear);
      }
    }
    if (to.takesBytes() && !to.isHash() && to.isQuick()) {
      byte[] moved = owner.reprotect(ENCRYPTED, name(to), encrypted);
      assertThat(owner.unprotect(name(to), moved)).isEqualTo(clear);
    }
  }

  @Test
  void theFirstValueThatWouldBeShownIsNamed() {
    String name =
        name(EveryMethod.ALL.stream().filter(EveryMethod::isClearEnded).findFirst().get());
    byte[][] encrypted = owner.protect(ENCRYPTED, new byte[][] {{1}, {2}});
    ProtectorException first =
        catchThrowableOfType(
            ProtectorException.class, () -> mover.reprotect(ENCRYPTED, name, encrypted));
    assertThat(first.index()).hasValue(0);
    assertThat(first).hasMessage("The value could not be reprotected.");
  }

  @Test
  void clearEndsMayStayClearWhereTheyWere() {
    byte[] clear = "left end, middle, right end".getBytes(UTF_8);
    Protection ends = binary(8, 8);
    assertThat(ends.hidesAllThat(binary(8, 8), clear)).isTrue();
    assertThat(ends.hidesAllThat(binary(9, 8), clear)).isTrue();
    assertThat(ends.hidesAllThat(binary(8, 7), clear)).isFalse();
    assertThat(ends.hidesAllThat(binary(7, 8), clear)).isFalse();
    assertThat(binary(0, 0).hidesAllThat(ends, clear)).isTrue();
    assertThat(ends.hidesAllThat(binary(0, 0), "shorter".getBytes(UTF_8))).isFalse();
  }

  @Test
  void aCharacterOfWhichOneByteStaysClearIsShown() {
    String euros = "\u20ac".repeat(9);
    assertThat(binary(3, 0).hidesAllThat(alphabet(1), euros)).isTrue();
    assertThat(binary(4, 0).hidesAllThat(alphabet(1), euros)).isFalse();
    assertThat(binary(1, 0).hidesAllThat(alphabet(0), euros)).isFalse();
    assertThat(alphabet(1).hidesAllThat(binary(3, 0), euros)).isTrue();
    assertThat(alphabet(1).hidesAllThat(binary(2, 0), euros)).isFalse();
    assertThat(alphabet(0).hidesAllThat(binary(0, 0), euros.getBytes(UTF_8)))
        .as("bytes in an encoding")
        .isFalse();
  }

  @Test
  void aMaskCountsTheCharactersBetweenTheClearEndsOnTheirOwn() {
    var lastFour = new Mask(0, 4, false, "*");
    assertThat(binary(0, 0).masked("0123456789", lastFour)).isEqualTo("******6789");
    assertThat(binary(0, 2).masked("0123456789", lastFour)).isEqualTo("******6789");
    assertThat(binary(6, 0).masked("0123456789", lastFour)).isEqualTo("**********");
    assertThat(binary(5, 0).masked("\u20ac123456789", lastFour)).isEqualTo("******6789");
  }

  private static Protection binary(int fromLeft, int fromRight) {
    return Protection.of(new BinaryToken(null, fromLeft, fromRight), key());
  }

  /** Of the characters up to the Euro sign. */
  private static Protection alphabet(int fromLeft) {
    return Protection.of(
        new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, fromLeft, 0, true, AllowShort.YES),
        ElementKeys.of(key()),
        CodePoints.parse("2000-20AC"));
  }

  private static SecretBytes key() {
    return SecretBytes.takeFrom(new byte[32]);
  }
}
