package bulla.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.identity.password.PasswordHash.Cost;
import bulla.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final Cost CHEAP = new Cost(64, 1, 1);

  /** From test.c of the reference implementation of Argon2 (version 0x13, Argon2id). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
      })
  void publishedHashesMatchTheirPasswordAlone(String phc) {
    PasswordHash published = PasswordHash.parse(phc);
    assertThat(Argon2id.matches(secret("password"), published)).isTrue();
    assertThat(Argon2id.matches(secret("Password"), published)).isFalse();
    assertThat(published.phc()).isEqualTo(phc);
  }

  @Test
  void aHashSurvivesItsTextForm() {
    PasswordHash hash = Argon2id.hash(secret("correct horse"), CHEAP);
    PasswordHash again = PasswordHash.parse(hash.phc());
    assertThat(again).isEqualTo(hash);
    assertThat(Argon2id.matches(secret("correct horse"), again)).isTrue();
  }

  @Test
  void thePresentCostIsSevenMebibytesAndFivePasses() {
    assertThat(Argon2id.hash(secret("correct horse"), Argon2id.PRESENT_COST).phc())
        .startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
  }

  @Test
  void theSamePasswordHasTwoHashes() {
    assertThat(Argon2id.hash(secret("correct horse"), CHEAP))
        .isNotEqualTo(Argon2id.hash(secret("correct horse"), CHEAP));
  }

  @Test
  void theTextFormForLogsShowsNeitherSaltNorHash() {
    PasswordHash hash = Argon2id.hash(secret("correct horse"), CHEAP);
    String phc = hash.phc();
    assertThat(hash.toString()).doesNotContain(phc.substring(phc.lastIndexOf('$') + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4$"
      })
  void whatIsNoArgon2idHashIsRefused(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
